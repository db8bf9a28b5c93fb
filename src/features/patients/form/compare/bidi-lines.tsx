import { Fragment } from 'react';

/**
 * Data of several lines, each kept apart from the words around it: where they run from right to
 * left, a line would else be read back to front. Its cell keeps the line breaks.
 */
export function BidiLines({ text }: { text: string }) {
  return text.split('\n').map((line, at) => (
    // oxlint-disable-next-line react/no-array-index-key -- lines have no identity but their place
    <Fragment key={at}>
      {at > 0 && '\n'}
      <bdi>{line}</bdi>
    </Fragment>
  ));
}
