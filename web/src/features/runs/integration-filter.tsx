import { Combobox, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useIntegrationChoices, useIntegrationName } from '../../api/integrations.js';
import { IconButton } from '../../ui/button.js';
import { IconPlus, IconX } from '../../ui/icons.js';
import list from '../../ui/list.module.css';

interface IntegrationFilterProps {
  value: string | null;
  onChange: (id: string | null) => void;
}

export function IntegrationFilter({ value, onChange }: IntegrationFilterProps) {
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text.trim(), 200);
  const combobox = useCombobox({
    onDropdownOpen: () => combobox.focusSearchInput(),
    onDropdownClose: () => {
      combobox.focusTarget();
      combobox.resetSelectedOption();
      setText('');
    },
  });
  const choices = useIntegrationChoices(q, combobox.dropdownOpened);
  const options = choices.data?.data ?? [];
  const chosen = useIntegrationName(value).data ?? value;
  return (
    <span className={list.filter}>
      <Combobox
        store={combobox}
        width={300}
        position="bottom-start"
        withinPortal={false}
        onOptionSubmit={(id) => {
          onChange(id);
          combobox.closeDropdown();
        }}
      >
        <Combobox.Target targetType="button">
          <button
            type="button"
            className={list.filterButton}
            data-set={value ? true : undefined}
            onClick={() => combobox.toggleDropdown()}
          >
            {!value && <IconPlus size={14} stroke={1.7} aria-hidden />}
            <span className="foreign">{chosen ?? 'Integration'}</span>
          </button>
        </Combobox.Target>
        <Combobox.Dropdown>
          <Combobox.Search
            value={text}
            placeholder="Find an integration"
            aria-label="Find an integration"
            onChange={(event) => {
              setText(event.currentTarget.value);
              combobox.resetSelectedOption();
            }}
          />
          <Combobox.Options aria-label="Integrations">
            {options.map((option) => (
              <Combobox.Option key={option.id} value={option.id} active={option.id === value}>
                <span className="foreign">{option.name}</span>
              </Combobox.Option>
            ))}
            {options.length === 0 && <Combobox.Empty>{choices.isFetching ? 'Looking…' : 'No match'}</Combobox.Empty>}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {value && (
        <IconButton
          label="Show all integrations"
          icon={<IconX size={14} stroke={1.7} />}
          onClick={() => onChange(null)}
        />
      )}
    </span>
  );
}
