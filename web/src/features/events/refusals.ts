const REFUSALS: Record<string, string> = {
  no_secret: 'There is no secret to verify it with. Choose a connection in the trigger.',
  missing_header: 'A header of its signature or its sign-in is missing.',
  timestamp: 'It was signed too long ago, or in the future.',
  signature: 'Its signature is not made with the secret of the connection.',
  credentials: 'Its user name, password or token is wrong.',
  method: 'The trigger does not take this method.',
  handshake: 'It asked for an answer that only the right sender gets.',
  replay: 'It is a message that was used before.',
  conflict: 'Its id is that of an event with other content.',
  too_large: 'It was too large.',
  media_type: 'Its content type is none that can be read.',
  malformed: 'Its body could not be read.',
};

/** Why a delivery was refused, in words. */
export const refusalText = (reason: string | null): string => REFUSALS[reason ?? ''] ?? reason ?? 'Not known';
