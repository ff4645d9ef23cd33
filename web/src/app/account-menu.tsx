import { Menu, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { useNavigate } from 'react-router';
import { useSession, useSignOut } from '../api/session.js';
import {
  IconCheck,
  IconDeviceDesktop,
  IconFlag,
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
  const navigate = useNavigate();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const shortcutsOn = useShortcutsOn();
  if (!me) return null;
  const check = (on: boolean) => (on ? <IconCheck size={15} stroke={1.9} aria-hidden /> : null);
  return (
    <div className={classes.place} data-drawer={inDrawer || undefined}>
      {/* Not in a portal: it belongs to this landmark, and the drawer would be drawn over it. */}
      <Menu
        position="top-start"
        width={204}
        withinPortal={false}
        withInitialFocusPlaceholder={false}
        alignItemsLabels="none"
        checkIcon={null}
        classNames={{ itemIndicator: classes.indicator }}
      >
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
          <Menu.RadioGroup value={colorScheme} onChange={(value) => setColorScheme(value as MantineColorScheme)}>
            {SCHEMES.map(({ value, text, Icon }) => (
              <Menu.RadioItem key={value} value={value} rightSection={check(colorScheme === value)}>
                <Entry Icon={Icon}>{text}</Entry>
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          <Menu.Divider />
          <Menu.CheckboxItem checked={shortcutsOn} onChange={setShortcuts} rightSection={check(shortcutsOn)}>
            <Entry Icon={IconKeyboard}>Single-key shortcuts</Entry>
          </Menu.CheckboxItem>
          <Menu.Item onClick={() => void navigate('/first-run')}>
            <Entry Icon={IconFlag}>First steps</Entry>
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => signOut.mutate()}>
            <Entry Icon={IconLogout}>Sign out</Entry>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

function Entry({ Icon, children }: { Icon: typeof IconSun; children: string }) {
  return (
    <span className={classes.entry}>
      <Icon size={16} stroke={1.7} aria-hidden />
      {children}
    </span>
  );
}

const initials = (name: string): string =>
  name
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => [...word][0].toUpperCase())
    .join('') || '?';
