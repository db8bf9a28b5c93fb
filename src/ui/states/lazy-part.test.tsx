import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test, vi } from 'vitest';
import { lazyPart, type MissingPart } from './lazy-part.tsx';

const Greeting = ({ name }: { name: string }) => <p>Hello {name}</p>;

/** A part whose file does not come the first `failures` times. */
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

test('nothing stands there before the file came, then the part with its props', async () => {
  const { Part, load, drawn } = unlucky(0);
  expect(drawn()).toBe('');
  expect(load).not.toHaveBeenCalled();
  await Part.fetch();
  expect(drawn()).toBe('<p>Hello Ada</p>');
});

test('a file that did not come is said in its place, and fetched anew each time', async () => {
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
