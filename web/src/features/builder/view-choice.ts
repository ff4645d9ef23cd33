const STORE = 'hookline.builder-view';

/** Drawing or list: what this person last chose. */
export const viewChoice = {
  read: (): 'canvas' | 'list' => {
    try {
      return localStorage.getItem(STORE) === 'list' ? 'list' : 'canvas';
    } catch {
      return 'canvas';
    }
  },
  write: (view: 'canvas' | 'list'): void => {
    try {
      localStorage.setItem(STORE, view);
    } catch {
      // Storage may be forbidden: the choice lasts as long as the page.
    }
  },
};
