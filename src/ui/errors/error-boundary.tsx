import { Component, type ReactNode } from 'react';

interface Props {
  /** Renders a replacement for children that threw. */
  renderError: (error: unknown, reset: () => void) => ReactNode;
  children: ReactNode;
}

/** Keeps an error in its children from unmounting the whole page. */
export class ErrorBoundary extends Component<Props, { failed: boolean; error: unknown }> {
  override state = { failed: false, error: undefined as unknown };

  static getDerivedStateFromError(error: unknown): { failed: true; error: unknown } {
    return { failed: true, error };
  }

  private readonly reset = (): void => {
    this.setState({ failed: false, error: undefined });
  };

  override render(): ReactNode {
    return this.state.failed
      ? this.props.renderError(this.state.error, this.reset)
      : this.props.children;
  }
}
