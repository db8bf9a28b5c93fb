import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test, vi } from 'vitest';
import { lazyPart, type MissingPart } from './lazy-part.tsx';

const Greeting = ({ name }: { name: string }) => <p>Hello {name}</p>;

/** Returns a part whose file fails to load the first `failures` times. */
function unlucky(failures: number) {
  let left = failures;
  const said: MissingPart[] = [];
  const load = vi.fn(async () => {
    left -= 1;
    if (left >= 0) throw new TypeError('Failed to fetch dynamically imported module');
    return Greeting;
  });
  const Part = lazyPart(load, ({ name, ...missing }: { name: string } & MissingPart) => {
    said.push(missing);
    return <em>{name} did not come</em>;
  });
  return { load, said, Part, drawn: () => renderToStaticMarkup(<Part name="Ada" />) };
}

vi.stubGlobal('navigator', { onLine: true }); // older Node has none

test('a lazy part renders nothing until its file is loaded, then the component with its props', async () => {
  const { Part, load, drawn } = unlucky(0);
  expect(drawn()).toBe('');
  expect(load).not.toHaveBeenCalled();
  await Part.fetch();
  expect(drawn()).toBe('<p>Hello Ada</p>');
});

test('a lazy part shows a failed load in its place and loads the file again at each retry', async () => {
  const { Part, load, said, drawn } = unlucky(2);
  await Part.fetch();
  expect(drawn()).toBe('<em>Ada did not come</em>');
  expect(said[0]?.error).toBeInstanceOf(TypeError);
  said[0]?.onRetry();
  await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(2));
  expect(drawn()).toBe('<em>Ada did not come</em>');
  said[1]?.onRetry();
  await vi.waitFor(() => expect(drawn()).toBe('<p>Hello Ada</p>'));
});
