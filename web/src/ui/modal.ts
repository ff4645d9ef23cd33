import { useLayoutEffect, type RefObject } from 'react';

/** Opens the browser's own modal dialog while it is mounted, and gives the focus back to where it was. */
export function useModal(dialog: RefObject<HTMLDialogElement | null>): void {
  useLayoutEffect(() => {
    const opened = dialog.current!;
    const before = document.activeElement;
    opened.showModal();
    // The browser would take the first button, which is the one that closes it.
    const first = opened.querySelector<HTMLElement>('[data-first-focus]');
    (first ?? opened.querySelector<HTMLElement>('input, textarea, select'))?.focus();
    return () => {
      opened.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [dialog]);
}
