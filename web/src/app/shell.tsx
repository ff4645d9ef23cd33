import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { Outlet, useLocation, useMatch } from 'react-router';
import { Announcer } from '../ui/announce.js';
import { IconButton } from '../ui/button.js';
import { IconMenu2, IconSearch, IconX } from '../ui/icons.js';
import { Mark } from '../ui/mark.js';
import { AccountMenu } from './account-menu.js';
import { GlobalKeys, openPalette } from './global-keys.js';
import { Nav } from './nav.js';
import classes from './shell.module.css';

/** Nav and page. In the builder and under 1100 px the nav is a rail of icons, under 720 px it opens over the page. */
export function Shell() {
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const drawer = useRef<HTMLDialogElement>(null);
  const [arrivedAt, setArrivedAt] = useState(pathname);
  const narrow = useMediaQuery('(max-width: 1099px)', undefined, { getInitialValueInEffect: false });
  const inBuilder = useMatch('/integrations/:id/:tab?') !== null;
  const rail = narrow || inBuilder;

  // A new page is announced by moving the focus to it, as a page load would.
  useEffect(() => {
    if (pathname === arrivedAt) return;
    setArrivedAt(pathname);
    drawer.current?.close();
    main.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [pathname, arrivedAt]);

  return (
    <div className={classes.shell} data-rail={rail || undefined}>
      <a href="#page" className={classes.skip}>
        Skip to the page
      </a>
      <header className={classes.bar}>
        <IconButton
          label="Open the menu"
          icon={<IconMenu2 size={18} stroke={1.7} />}
          onClick={() => drawer.current?.showModal()}
        />
        <Mark />
      </header>
      <aside className={classes.side} data-region="nav" tabIndex={-1}>
        <Mark />
        <button type="button" className={classes.jump} onClick={openPalette} title="Search or jump to (Ctrl K)">
          <IconSearch size={15} stroke={1.7} aria-hidden />
          <span>Search or jump to</span>
          <kbd aria-hidden>Ctrl K</kbd>
        </button>
        <Nav />
        <AccountMenu />
      </aside>
      <dialog
        ref={drawer}
        className={classes.drawer}
        aria-label="Menu"
        onClick={(event) => event.target === event.currentTarget && drawer.current?.close()}
      >
        <div className={classes.drawerHead}>
          <Mark />
          <IconButton
            label="Close the menu"
            icon={<IconX size={18} stroke={1.7} />}
            onClick={() => drawer.current?.close()}
          />
        </div>
        <Nav onGo={() => drawer.current?.close()} />
        <AccountMenu inDrawer />
      </dialog>
      <main id="page" ref={main} tabIndex={-1} className={classes.main}>
        <Outlet />
      </main>
      <Announcer />
      <GlobalKeys />
    </div>
  );
}
