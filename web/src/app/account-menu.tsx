import { Menu, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { useSession, useSignOut } from '../api/session.js';
import {
  IconCheck,
  IconDeviceDesktop,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconSelector,
  IconSun,
} from '../ui/icons.js';
import { setShortcuts, useShortcutsOn } from '../ui/shortcuts.js';
import classes from './account-menu.module.css';

const SCHEMES: { value: MantineColorScheme; text: string; Icon: typeof IconSun }[] = [
  { value: 'light', text: 'Light', Icon: IconSun },
  { value: 'dark', text: 'Dark', Icon: IconMoon },
  { value: 'auto', text: 'System', Icon: IconDeviceDesktop },
];

/** Who is signed in; the colour scheme, the keyboard and the way out. */
export function AccountMenu({ inDrawer }: { inDrawer?: boolean }) {
  const me = useSession().data;
  const signOut = useSignOut();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const shortcutsOn = useShortcutsOn();
  if (!me) return null;
  const check = (on: boolean) => (on ? <IconCheck size={15} stroke={1.9} aria-hidden /> : null);
  return (
    <div className={classes.place} data-drawer={inDrawer || undefined}>
      {/* A dialog is drawn above everything: a menu in a portal would lie under it. */}
      <Menu position="top-start" width={204} withinPortal={!inDrawer}>
        <Menu.Target>
          <button type="button" className={classes.button}>
            <span className="sr-only">Account: </span>
            <span className={classes.face} aria-hidden>
              {initials(me.name)}
            </span>
            <span className={classes.who}>
              <span className={classes.name}>{me.name}</span>
              <span className={classes.role}>{me.role}</span>
            </span>
            <IconSelector size={15} stroke={1.7} aria-hidden className={classes.more} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Colour scheme</Menu.Label>
          {SCHEMES.map(({ value, text, Icon }) => (
            <Menu.Item
              key={value}
              role="menuitemradio"
              aria-checked={colorScheme === value}
              leftSection={<Icon size={16} stroke={1.7} aria-hidden />}
              rightSection={check(colorScheme === value)}
              onClick={() => setColorScheme(value)}
              closeMenuOnClick={false}
            >
              {text}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item
            role="menuitemcheckbox"
            aria-checked={shortcutsOn}
            leftSection={<IconKeyboard size={16} stroke={1.7} aria-hidden />}
            rightSection={check(shortcutsOn)}
            onClick={() => setShortcuts(!shortcutsOn)}
            closeMenuOnClick={false}
          >
            Single-key shortcuts
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconLogout size={16} stroke={1.7} aria-hidden />} onClick={() => signOut.mutate()}>
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

const initials = (name: string): string =>
  name
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => [...word][0].toUpperCase())
    .join('') || '?';
