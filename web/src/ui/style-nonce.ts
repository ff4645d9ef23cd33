/** The server puts a fresh nonce into this element of every page it sends; browsers hide it from attribute readers. */
export const styleNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
