import { Injectable } from '@nestjs/common';
import { HttpClient } from '../http/http.client.js';
import type { Transport } from '../http/transport.js';
import { metadataRequests, processMetadataResponses } from './issuer.js';
import type { Grant, OAuthProvider } from './provider.js';
import { tokenRequest } from './token-request.js';
import { processTokenResponse, type TokenOutcome } from './token-response.js';

/** The calls of the protocol: guarded, 15 s and 1 MiB each, no redirect followed. Keeps nothing, throws nothing. */
@Injectable()
export class OAuthClient {
  constructor(private readonly http: HttpClient) {}

  /** One token request, sent once: a code and a rotated refresh token are worth one try. */
  async requestTokens(provider: OAuthProvider, grant: Grant, transport?: Transport): Promise<TokenOutcome> {
    const request = await tokenRequest(provider, grant);
    if (request === null) {
      const message = 'The access token URL must begin with https:// (http:// only to this machine or local network).';
      return { kind: 'failed', error: { code: 'mapping', message } };
    }
    const sentAt = Date.now();
    const result = await this.http.send({ ...request, transport });
    return processTokenResponse(provider, grant, result, sentAt);
  }

  /** The issuer that the callback has to name (`authorizationRequest`); null: none announced, or not reachable in 5 s. */
  async findIssuer(authorizationUrl: string, transport?: Transport): Promise<string | null> {
    const answers = await Promise.all(
      metadataRequests(authorizationUrl).map(async (request) => ({
        url: request.url,
        result: await this.http.send({ ...request, transport }),
      })),
    );
    return processMetadataResponses(authorizationUrl, answers);
  }
}
