/** Every time zone that the browser knows, by region; the one that is chosen is among them in any case. */
export function zonesByRegion(chosen: string): [region: string, zones: string[]][] {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const near = [...new Set([here, 'UTC', chosen])];
  const regions = new Map<string, string[]>([['Near', near]]);
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    if (near.includes(zone)) continue;
    const region = zone.includes('/') ? zone.slice(0, zone.indexOf('/')) : 'Others';
    regions.set(region, [...(regions.get(region) ?? []), zone]);
  }
  return [...regions];
}

/** "Mon, 23 Nov 2026, 09:00 GMT+1": as the clocks there show it. */
export function zonedTime(at: string, timeZone: string): string {
  const shown: Intl.DateTimeFormatOptions = {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  };
  try {
    return new Intl.DateTimeFormat('en-GB', { ...shown, timeZone }).format(new Date(at));
  } catch {
    return new Intl.DateTimeFormat('en-GB', { ...shown, timeZone: 'UTC' }).format(new Date(at));
  }
}
