import { createTheme } from '@mantine/core';
import classes from './floating.module.css';

/** Mantine takes our tokens: its own colours appear nowhere. */
export const theme = createTheme({
  fontFamily: 'var(--font-ui)',
  fontFamilyMonospace: 'var(--font-mono)',
  respectReducedMotion: true,
  components: {
    Menu: {
      defaultProps: { transitionProps: { duration: 120 }, offset: 6 },
      classNames: { dropdown: classes.dropdown, item: classes.item, label: classes.label, divider: classes.divider },
    },
    Combobox: {
      defaultProps: { transitionProps: { duration: 120 }, offset: 6 },
      classNames: {
        dropdown: classes.dropdown,
        option: classes.item,
        search: classes.search,
        empty: classes.empty,
        options: classes.options,
      },
    },
    Tooltip: {
      defaultProps: { openDelay: 250, transitionProps: { duration: 120 }, multiline: true, maw: 280 },
      classNames: { tooltip: classes.tooltip },
    },
  },
});
