import { Fragment } from 'react';

/**
 * Lines of data, each isolated from the text around it: without isolation, a line within text of
 * the other direction would be reordered. The cell keeps the line breaks.
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
