import { useMantineColorScheme } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useIntegrationChoices } from '../api/integrations.js';
import { roleAllows, useSession, useSignOut } from '../api/session.js';
import { Chooser, type Choice } from '../ui/chooser.js';
import { IconCommand, IconRoute } from '../ui/icons.js';
import { setShortcuts, useShortcutsOn } from '../ui/shortcuts.js';
import { GROUPS } from './nav.js';

interface CommandPaletteProps {
  onClose: () => void;
  onShortcuts: () => void;
}

/** Pages, integrations and commands, by a few letters of their name. */
export function CommandPalette({ onClose, onShortcuts }: CommandPaletteProps) {
  const navigate = useNavigate();
  const me = useSession().data;
  const signOut = useSignOut();
  const { setColorScheme } = useMantineColorScheme();
  const lettersOn = useShortcutsOn();
  const [text, setText] = useState('');
  const search = useIntegrationChoices(text.trim(), true);
  const found = search.data?.data ?? [];
  const go = (to: string) => () => void navigate(to);

  const pages = GROUPS.flatMap(({ entries }) => entries).map(({ to, text: name, Icon, key }): Choice => ({
    id: `page-${name}`,
    group: 'Pages',
    text: name,
    icon: <Icon size={16} stroke={1.7} aria-hidden />,
    keys: key && lettersOn ? `G ${key}` : undefined,
    act: go(to),
  }));
  const integrations = found.map(({ id, name, state }): Choice => ({
    id,
    group: 'Integrations',
    text: name,
    detail: state === 'on' ? 'On' : 'Off',
    icon: <IconRoute size={16} stroke={1.7} aria-hidden />,
    act: go(`/integrations/${id}`),
  }));
  const command = (id: string, name: string, act: () => void, keys?: string): Choice => ({
    id,
    group: 'Commands',
    text: name,
    icon: <IconCommand size={16} stroke={1.7} aria-hidden />,
    keys,
    act,
  });
  const commands = [
    ...(me && roleAllows(me.role, 'developer')
      ? [command('new', 'New integration', go('/integrations?new'), lettersOn ? 'N' : undefined)]
      : []),
    command('first-run', 'First steps: send your first event', go('/first-run')),
    command('shortcuts', 'Keyboard shortcuts', onShortcuts, '?'),
    command('light', 'Light colours', () => setColorScheme('light')),
    command('dark', 'Dark colours', () => setColorScheme('dark')),
    command('system', 'Colours of the system', () => setColorScheme('auto')),
    command('letters', `Turn single-key shortcuts ${lettersOn ? 'off' : 'on'}`, () => setShortcuts(!lettersOn)),
    command('sign-out', 'Sign out', () => signOut.mutate()),
  ];
  return (
    <Chooser
      label="Search and commands"
      placeholder="Search or jump to"
      empty="Nothing is called so."
      choices={[...pages, ...integrations, ...commands]}
      pending={search.isFetching}
      onSearch={setText}
      onClose={onClose}
    />
  );
}
