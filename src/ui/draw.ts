import type { ReactElement, ReactNode } from 'react';

const SVG = 'http://www.w3.org/2000/svg';

const NAMES: Readonly<Record<string, string>> = {
  className: 'class',
  strokeWidth: 'stroke-width',
  strokeLinecap: 'stroke-linecap',
  strokeLinejoin: 'stroke-linejoin',
};

/**
 * Renders React elements without React: host elements and function components without hooks. Text
 * becomes text nodes, so data from a server cannot become markup.
 *
 * @throws whatever a component throws
 */
export function draw(node: ReactNode, parent: Element): void {
  if (Array.isArray(node)) for (const one of node as ReactNode[]) draw(one, parent);
  else if (typeof node === 'object' && node !== null) drawElement(node as ReactElement, parent);
  else if (node !== undefined && node !== null && typeof node !== 'boolean') {
    parent.append(String(node));
  }
}

type Props = Readonly<Record<string, unknown>> & { readonly children?: ReactNode };

function drawElement({ type, props }: ReactElement, parent: Element): void {
  const given = props as Props;
  if (typeof type === 'function') return draw((type as (p: Props) => ReactNode)(given), parent);
  if (typeof type !== 'string') return draw(given.children, parent); // a fragment
  const element =
    type === 'svg' || parent.namespaceURI === SVG
      ? document.createElementNS(SVG, type)
      : document.createElement(type);
  for (const [name, value] of Object.entries(given)) {
    if (name !== 'children' && value !== undefined && value !== false && value !== null) {
      element.setAttribute(NAMES[name] ?? name, `${value as string | number | true}`);
    }
  }
  draw(given.children, element);
  parent.append(element);
}
