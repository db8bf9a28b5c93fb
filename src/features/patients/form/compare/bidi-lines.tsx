import { Fragment } from 'react';

/**
 * Renders lines of data, each isolated from the surrounding text: without isolation, text of the
 * other direction would reorder a line. The CSS of the cell keeps the line breaks.
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
