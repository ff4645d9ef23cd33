// Made by "npm run api:types" from /api/openapi.json.
export interface paths {
    "/api/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The API as a page */
        get: operations["OpenApi_page"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/docs/openapi-explorer.js": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page's script */
        get: operations["OpenApi_script"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["OpenApi_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the API keys */
        get: operations["ApiKeys_list"];
        put?: never;
        /**
         * Make an API key
         * @description The key is in this answer and nowhere else.
         */
        post: operations["ApiKeys_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke an API key */
        delete: operations["ApiKeys_revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who am I? */
        get: operations["Auth_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with an API key
         * @description Sets the cookie of a session that ends with the key, after 12 hours unused, or after 7 days.
         */
        post: operations["Auth_signIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the session */
        post: operations["Auth_signOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List connections */
        get: operations["Connections_list"];
        put?: never;
        /**
         * Store a sign-in
         * @description Its secret is stored sealed and never shown again.
         */
        post: operations["Connections_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a connection */
        get: operations["Connections_read"];
        put?: never;
        post?: never;
        /**
         * Delete a connection
         * @description Refused with 409 `connection_in_use` while an integration uses it.
         */
        delete: operations["Connections_remove"];
        options?: never;
        head?: never;
        /**
         * Change a connection
         * @description A secret that is left out, or given as its mask, stays. Another type needs its own secret. More allowed hosts, an access token URL on another server, another proxy, or other certificates to be trusted need the secret again, or an administrator.
         */
        patch: operations["Connections_edit"];
        trace?: never;
    };
    "/api/v1/connections/{id}/authorize": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to sign in with an OAuth connection
         * @description Open the address in a browser. The sign-in ends at `/oauth/callback`, once, within 10 minutes, in the session that began it.
         */
        post: operations["OAuth_begin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a connection
         * @description Sends a GET that signs in with it. 200 also when the call failed: see `outcome`.
         */
        post: operations["ConnectionTest_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connectors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the connectors with their triggers and actions */
        get: operations["Connectors_listConnectors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connectors/http/curl": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read a curl command as an action of a step
         * @description Sends nothing and stores nothing. What a step has no place for is in `warnings`.
         */
        post: operations["Connectors_readCurl"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connectors/http/openapi": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read an operation of an OpenAPI document as an action of a step
         * @description Without `operation` it answers what the document offers. Fetches nothing, sends nothing and stores nothing: references out of the document are named in `warnings`.
         */
        post: operations["Connectors_readOpenApi"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/developer/instance-callbacks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read instance callback URLs */
        get: operations["Callbacks_read"];
        /**
         * Replace instance callback URLs
         * @description Each URL is called with GET when an instance of the process is created, updated or deleted, with `instanceID`, `processName` and `eventType` after its own query. A line that is no http(s) URL is named by its number, and nothing is saved.
         */
        put: operations["Callbacks_save"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/developer/instance-callbacks/last-calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read how the last call of each callback URL ended */
        get: operations["CallbackActivity_lastCalls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/developer/instance-callbacks/processes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List which processes call back */
        get: operations["CallbackActivity_sets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/developer/instance-callbacks/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Call the stored URLs of an event with sample data */
        post: operations["CallbackActivity_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/evaluate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Work out expressions on a sample
         * @description Sends nothing and stores nothing. 200 also where an expression has an error: see `errors`.
         */
        post: operations["Evaluate_evaluate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/event-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the event types
         * @description The built-in ones first, then your own by name.
         */
        get: operations["EventTypes_list"];
        put?: never;
        /** Make an event type of your own */
        post: operations["EventTypes_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/event-types/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read one event type */
        get: operations["EventTypes_read"];
        put?: never;
        post?: never;
        /**
         * Delete an event type of your own
         * @description Refused while an integration listens to it.
         */
        delete: operations["EventTypes_remove"];
        options?: never;
        head?: never;
        /**
         * Change an event type
         * @description Of a built-in type only `validation`.
         */
        patch: operations["EventTypes_edit"];
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List events, newest first */
        get: operations["Events_list"];
        put?: never;
        /**
         * Send an event
         * @description Answered once it is stored together with the runs it starts. Also a CloudEvent (1.0): structured as `application/cloudevents+json`, several as `application/cloudevents-batch+json` (answered as a batch is), or binary, with `ce-` headers and a body of any type.
         */
        post: operations["Events_accept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send up to 1000 events */
        post: operations["Events_acceptBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an event */
        get: operations["Events_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run an event again
         * @description As if it came now; with `integrationId` for that integration alone, whatever its condition says.
         */
        post: operations["EventReplays_replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Store a file
         * @description At most 100 MiB, as one part called `file`. Steps send it where a value is `{"fileId": "fil_…"}`.
         */
        post: operations["Files_store"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a file
         * @description Always a download, never shown.
         */
        get: operations["Files_download"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hook-deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List deliveries to hook URLs, newest first */
        get: operations["HookDeliveries_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hook-deliveries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a delivery */
        get: operations["HookDeliveries_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hook-deliveries/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check a refused delivery again
         * @description After its secret or its verification was mended: it becomes an event if it verifies now. Its signed time is held against when it came.
         */
        post: operations["HookDeliveries_check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inspector": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The address of the built-in receiver, which first calls may be made to */
        get: operations["Inspector_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List integrations */
        get: operations["Integrations_list"];
        put?: never;
        /**
         * Make an integration
         * @description It is a draft and Off.
         */
        post: operations["Integrations_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what integrations did in the last 24 hours, hour by hour */
        get: operations["IntegrationActivity_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count integrations by state */
        get: operations["IntegrationActivity_counts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an integration */
        get: operations["Integrations_read"];
        put?: never;
        post?: never;
        /**
         * Delete an integration
         * @description Its held runs are canceled; its run log stays.
         */
        delete: operations["Integrations_remove"];
        options?: never;
        head?: never;
        /**
         * Edit the draft of an integration
         * @description Needs `If-Match: "<revision>"`; a stale one is refused with 412. What runs changes when it is published.
         */
        patch: operations["Integrations_edit"];
        trace?: never;
    };
    "/api/v1/integrations/{id}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put an integration away
         * @description It is Off, holds no events and is left out of the list.
         */
        post: operations["Integrations_archive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/{id}/backfill": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run an integration over past events
         * @description Oldest first, at the rate given. The condition of its trigger decides about each event, as if it came now.
         */
        post: operations["EventReplays_backfill"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/{id}/duplicate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Copy an integration
         * @description The copy has the draft, is Off and was never published.
         */
        post: operations["Integrations_duplicate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/{id}/hook/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace the hook URL of an integration
         * @description The old URL is answered 404 at once, or after `overlapSeconds`.
         */
        post: operations["Integrations_rotateHook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish the draft
         * @description An unchanged draft answers with the version that is published already.
         */
        post: operations["Integrations_publish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/{id}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a run by hand
         * @description Of any integration that is On, whatever its trigger; its condition is not asked.
         */
        post: operations["MadeRuns_start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/{id}/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Turn an integration On or Off
         * @description On publishes the draft where nothing is published yet. `held` says what becomes of the runs held so far.
         */
        put: operations["Integrations_setState"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/{id}/steps/{key}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Test one step of the draft with a sample
         * @description Sends the real call unless `preview` is set. 200 also when the call failed: see `outcome`.
         */
        post: operations["StepTest_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run the draft with a sample
         * @description Makes every call for real. The run is on record with `test: true`.
         */
        post: operations["MadeRuns_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/{id}/unarchive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring an archived integration back
         * @description It is Off.
         */
        post: operations["Integrations_unarchive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List published versions */
        get: operations["Integrations_listVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/{id}/versions/{n}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a version */
        get: operations["Integrations_readVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/{id}/versions/{n}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a version the draft again
         * @description What runs changes when it is published.
         */
        post: operations["Integrations_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/oauth/callback-url": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The callback URL of every OAuth connection */
        get: operations["OAuth_callbackUrl"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/replays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List replays and backfills, newest first */
        get: operations["ReplayJobs_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/replays/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read how far a replay is */
        get: operations["ReplayJobs_read"];
        put?: never;
        post?: never;
        /**
         * Stop a replay
         * @description The runs that it has made go on.
         */
        delete: operations["ReplayJobs_stop"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List runs, newest first */
        get: operations["Runs_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/causes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List why runs failed, the most frequent cause first
         * @description Counts the newest 10,000 failed runs of the time asked for; tests are left out.
         */
        get: operations["FailureCauses_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Repeat many runs
         * @description Oldest first, at the rate given. Those that cannot be repeated are skipped, and say why.
         */
        post: operations["ReplayJobs_start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow runs as they change (server-sent events)
         * @description `run`: a run as in the list, when it came in or changed. `more`: so many came in that some are not named. `ready`: from here on nothing is missed; read the list then. Ends when the key or the session does.
         */
        get: operations["RunStream_stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a run with its steps and attempts */
        get: operations["Runs_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{id}/attempts/{attemptId}/curl": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An attempt as a curl command
         * @description For a POSIX shell; sends what the attempt sent. Masked values stay masked. 409 if nothing was sent.
         */
        get: operations["RunExports_curl"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a run that is not over
         * @description Its call in flight is cut off and fails with `canceled`; later steps are skipped.
         */
        post: operations["Runs_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{id}/har": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A run as an HTTP archive (HAR 1.2)
         * @description Every attempt, oldest first. Holds 32 MiB of bodies; one beyond that is left out with a comment.
         */
        get: operations["RunExports_har"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Repeat a run that is over
         * @description A new run, with `replayOf`. Steps before `from` keep their results; one that has none is run.
         */
        post: operations["RunReplays_replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schedules/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See when a schedule would fire
         * @description Stores nothing. 200 also for one that can never fire: see `problems`.
         */
        get: operations["SchedulePreview_preview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count runs over a range of time, for charts */
        get: operations["RunStats_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/app/api/v1/kapps/{kappSlug}/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the webhooks of a kapp */
        get: operations["PlatformWebhooks_listOfKapp"];
        put?: never;
        /**
         * Make a webhook of a kapp
         * @description It is called for events whose `kapp.slug` is this one.
         */
        post: operations["PlatformWebhooks_createInKapp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/app/api/v1/kapps/{kappSlug}/webhooks/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a webhook of a kapp */
        get: operations["PlatformWebhooks_readOfKapp"];
        /** Change a webhook of a kapp */
        put: operations["PlatformWebhooks_changeOfKapp"];
        post?: never;
        /** Delete a webhook of a kapp */
        delete: operations["PlatformWebhooks_removeOfKapp"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/app/api/v1/meta/webhooks/events/{scope}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the events of every type of a scope */
        get: operations["WebhookMeta_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/app/api/v1/meta/webhooks/events/{scope}/{type}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the events of a type */
        get: operations["WebhookMeta_eventsOfType"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/app/api/v1/meta/webhooks/types/{scope}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what webhooks of a scope can listen to */
        get: operations["WebhookMeta_types"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/app/api/v1/webhookJobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List webhook jobs */
        get: operations["WebhookJobs_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/app/api/v1/webhookJobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a webhook job */
        get: operations["WebhookJobs_read"];
        /**
         * Retry or cancel a webhook job
         * @description `Queued` sends the stored content again, to `url` where one is given; `Cancelled` ends a job that waits.
         */
        put: operations["WebhookJobs_change"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/app/api/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the webhooks of the space */
        get: operations["PlatformWebhooks_list"];
        put?: never;
        /** Make a webhook of the space */
        post: operations["PlatformWebhooks_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/app/api/v1/webhooks/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a webhook of the space */
        get: operations["PlatformWebhooks_read"];
        /** Change a webhook of the space */
        put: operations["PlatformWebhooks_change"];
        post?: never;
        /**
         * Delete a webhook of the space
         * @description Its jobs stay.
         */
        delete: operations["PlatformWebhooks_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process runs */
        get: operations["Health_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything it needs is there */
        get: operations["Health_ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hooks/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deliver to a hook URL
         * @description Any method that the trigger allows, and any body. Who may is said by the verification of the trigger.
         */
        post: operations["Hooks_receive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures for Prometheus */
        get: operations["Health_figures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a sign-in at an OAuth provider ends */
        get: operations["OAuth_end"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/webhook-subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List webhook subscriptions */
        get: operations["Subscriptions_list"];
        put?: never;
        /**
         * Subscribe to events
         * @description Each event is sent as a signed call (Standard Webhooks v1). The secret is shown this once.
         */
        post: operations["Subscriptions_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/webhook-subscriptions/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what can be subscribed to */
        get: operations["Subscriptions_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/webhook-subscriptions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a webhook subscription */
        get: operations["Subscriptions_read"];
        put?: never;
        post?: never;
        /**
         * End a webhook subscription
         * @description Its deliveries stay on record.
         */
        delete: operations["Subscriptions_remove"];
        options?: never;
        head?: never;
        /** Change a webhook subscription */
        patch: operations["Subscriptions_change"];
        trace?: never;
    };
    "/v4/webhook-subscriptions/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace the secret of a webhook subscription
         * @description Calls are signed with the new and the last secret until the next rotation. It is shown this once.
         */
        post: operations["Subscriptions_rotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v4/webhook-subscriptions/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test event to a webhook subscription
         * @description A real, signed call with the sample of the event.
         */
        post: operations["Subscriptions_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v5/notifications/event-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the types of notifications */
        get: operations["Subscriptions_eventTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Problem: {
            type: string;
            title: string;
            status: number;
            detail: string;
            /** @description Stable; programs decide by it. */
            code: string;
            errors: {
                /** @description JSON pointer (RFC 6901) into the request. */
                path: string;
                code: string;
                message: string;
            }[];
            /** @description Of an internal error: the name the log knows it by. */
            instance?: string;
        };
        ApiKey: {
            id: string;
            name: string;
            /** @enum {string} */
            role: "sender" | "viewer" | "operator" | "developer" | "administrator";
            /** @description The last four characters of the key. */
            hint: string;
            createdAt: string;
            createdBy: string;
            expiresAt: string | null;
            lastUsedAt: string | null;
        };
        MadeApiKey: {
            id: string;
            name: string;
            /** @enum {string} */
            role: "sender" | "viewer" | "operator" | "developer" | "administrator";
            /** @description The last four characters of the key. */
            hint: string;
            createdAt: string;
            createdBy: string;
            expiresAt: string | null;
            lastUsedAt: string | null;
            /** @description Shown this once. */
            key: string;
        };
        NewApiKey: {
            name: string;
            /** @enum {string} */
            role: "sender" | "viewer" | "operator" | "developer" | "administrator";
            /** @description The key is refused from then on. Left out: never. */
            expiresAt?: string | null;
        };
        Caller: {
            /** @enum {string} */
            kind: "api-key" | "session";
            id: string;
            name: string;
            /** @enum {string} */
            role: "sender" | "viewer" | "operator" | "developer" | "administrator";
        };
        SignIn: {
            key?: string;
            email?: string;
            password?: string;
        };
        Connection: {
            id: string;
            name: string;
            allowedHosts: string[];
            tls: {
                ca: string | null;
                /** @description Of the first that ends. */
                caExpiresAt: string | null;
                cert: string | null;
                certExpiresAt: string | null;
                key: string | null;
                servername: string | null;
                skipVerify: boolean;
            } | null;
            proxy: {
                url: string;
                username: string | null;
                password: string | null;
            } | null;
            auth: {
                /** @constant */
                type: "none";
            } | {
                /** @constant */
                type: "basic";
                username: string;
                /** @description A mask. */
                password: string;
            } | {
                /** @constant */
                type: "bearer";
                /** @description A mask. */
                token: string;
            } | {
                /** @constant */
                type: "api-key";
                name: string;
                /** @description A mask. */
                value: string;
                /** @enum {string} */
                in: "header" | "query";
            } | {
                /** @enum {string} */
                type: "standard-webhooks" | "shared-secret";
                secrets: string[];
            } | {
                /** @constant */
                type: "oauth2";
                authorizationUrl: string;
                accessTokenUrl: string;
                /** @description To be registered at the provider. */
                callbackUrl: string;
                clientId: string;
                /** @description A mask. */
                clientSecret: string;
                scope: string;
                state: string;
                refreshToken: string | null;
                extraAuthParams: {
                    [key: string]: string;
                };
                /** @enum {string} */
                clientAuth: "header" | "body";
                /**
                 * @description `reconnect`: runs that need it wait until somebody signs in again, or mends what `error` says.
                 * @enum {string}
                 */
                status: "connected" | "not-connected" | "reconnect";
                /** @description Its last four characters. */
                accessToken: string | null;
                expiresAt: string | null;
                /** @description Why the last sign-in or refresh failed; null after one that succeeded. */
                error: {
                    code: string;
                    message: string;
                } | null;
            } | {
                /** @constant */
                type: "oauth2-client-credentials";
                accessTokenUrl: string;
                clientId: string;
                /** @description A mask. */
                clientSecret: string;
                scope: string;
                /** @enum {string} */
                clientAuth: "header" | "body";
                /**
                 * @description `reconnect`: runs that need it wait until somebody signs in again, or mends what `error` says.
                 * @enum {string}
                 */
                status: "connected" | "not-connected" | "reconnect";
                /** @description Its last four characters. */
                accessToken: string | null;
                expiresAt: string | null;
                /** @description Why the last sign-in or refresh failed; null after one that succeeded. */
                error: {
                    code: string;
                    message: string;
                } | null;
            };
            /** @description Integrations whose draft or published version uses it. */
            usedBy: {
                id: string;
                name: string;
            }[];
            lastTestedAt: string | null;
            /** @description Null: not tested since its sign-in was changed. */
            lastTestOutcome: ("succeeded" | "failed") | null;
            createdAt: string;
            updatedAt: string;
            createdBy: string;
        };
        NewConnection: {
            name: string;
            /** @description `example.com`, `*.example.com`, `example.com:8443`. Empty: any host. */
            allowedHosts?: string[];
            /** @description Of every call of the connection, token calls included. Null: none. */
            tls?: {
                /** @description PEM. Trusted in place of the public authorities. Null: none. */
                ca?: string | null;
                /** @description PEM, with those between it and its authority. Shown to the receiver. Null: none. */
                cert?: string | null;
                /** @description PEM, of `cert`. Stored sealed; reads show a mask. */
                key?: string | null;
                /** @description Opens `key`, which is stored opened and sealed. It is not stored itself. */
                passphrase?: string | null;
                /** @description Asked for, and checked in the certificate, in place of the URL's host. Null: none. */
                servername?: (string & (unknown & unknown)) | null;
                /** @description Takes any certificate: whoever is on the way can read and change everything. */
                skipVerify?: boolean | null;
            } | null;
            /** @description Every call of the connection goes through it, token calls included. Null: none. */
            proxy?: {
                /** @description `http://host:port` or `https://host:port`. */
                url?: string;
                username?: string | null;
                /** @description Stored sealed; reads show a mask. */
                password?: string | null;
            } | null;
            auth: {
                /** @constant */
                type: "none";
            } | {
                /** @constant */
                type: "basic";
                username: string;
                /** @description Stored sealed; reads show a mask. */
                password: string;
            } | {
                /** @constant */
                type: "bearer";
                /** @description Stored sealed; reads show a mask. */
                token: string & (unknown & unknown);
            } | {
                /** @constant */
                type: "api-key";
                /** @description Of the header or the query parameter. */
                name: string;
                /** @description Stored sealed; reads show a mask. */
                value: string;
                /** @enum {string} */
                in: "header" | "query";
            } | {
                /** @constant */
                type: "standard-webhooks";
                /** @description Stored sealed; reads show numbered masks. Several while one is replaced. */
                secrets: string[];
            } | {
                /** @constant */
                type: "shared-secret";
                /** @description Stored sealed; reads show numbered masks. Several while one is replaced. */
                secrets: string[];
            } | {
                /** @constant */
                type: "oauth2";
                authorizationUrl: string;
                accessTokenUrl: string;
                clientId: string & (unknown & unknown);
                /**
                 * @description Stored sealed; reads show a mask. Empty: a public client.
                 * @default
                 */
                clientSecret: string;
                /**
                 * @description Separated by spaces.
                 * @default
                 */
                scope: string;
                /**
                 * @description Comes back behind a random part of our own and a dot. Empty: only our own part.
                 * @default
                 */
                state: string;
                /** @description A token got elsewhere: it makes the connection connected. */
                accessToken?: (string & (unknown & unknown)) | null;
                /** @description Stored sealed; reads show a mask. */
                refreshToken?: (string & (unknown & unknown)) | null;
                /**
                 * @description Added to the authorization URL, for example `{"prompt": "consent"}`.
                 * @default {}
                 */
                extraAuthParams: {
                    [key: string]: string;
                };
                /**
                 * @description Where the client names itself to the token endpoint: HTTP Basic, or fields of the form.
                 * @default header
                 * @enum {string}
                 */
                clientAuth: "header" | "body";
            } | {
                /** @constant */
                type: "oauth2-client-credentials";
                accessTokenUrl: string;
                clientId: string & (unknown & unknown);
                /** @description Stored sealed; reads show a mask. Empty: a public client. */
                clientSecret: string;
                /**
                 * @description Separated by spaces.
                 * @default
                 */
                scope: string;
                /**
                 * @description Where the client names itself to the token endpoint: HTTP Basic, or fields of the form.
                 * @default header
                 * @enum {string}
                 */
                clientAuth: "header" | "body";
            };
        };
        ConnectionPatch: {
            name?: string;
            /** @description `example.com`, `*.example.com`, `example.com:8443`. Empty: any host. */
            allowedHosts?: string[];
            /** @description Of every call of the connection, token calls included. Null: none. */
            tls?: {
                /** @description PEM. Trusted in place of the public authorities. Null: none. */
                ca?: string | null;
                /** @description PEM, with those between it and its authority. Shown to the receiver. Null: none. */
                cert?: string | null;
                /** @description PEM, of `cert`. Stored sealed; reads show a mask. */
                key?: string | null;
                /** @description Opens `key`, which is stored opened and sealed. It is not stored itself. */
                passphrase?: string | null;
                /** @description Asked for, and checked in the certificate, in place of the URL's host. Null: none. */
                servername?: (string & (unknown & unknown)) | null;
                /** @description Takes any certificate: whoever is on the way can read and change everything. */
                skipVerify?: boolean | null;
            } | null;
            /** @description Every call of the connection goes through it, token calls included. Null: none. */
            proxy?: {
                /** @description `http://host:port` or `https://host:port`. */
                url?: string;
                username?: string | null;
                /** @description Stored sealed; reads show a mask. */
                password?: string | null;
            } | null;
            auth?: {
                /** @constant */
                type: "none";
            } | {
                /** @constant */
                type: "basic";
                username?: string;
                password?: string;
            } | {
                /** @constant */
                type: "bearer";
                token?: string;
            } | {
                /** @constant */
                type: "api-key";
                /** @description Of the header or the query parameter. */
                name?: string;
                value?: string;
                /** @enum {string} */
                in?: "header" | "query";
            } | {
                /** @constant */
                type: "standard-webhooks";
                secrets?: string[];
            } | {
                /** @constant */
                type: "shared-secret";
                secrets?: string[];
            } | {
                /** @constant */
                type: "oauth2";
                authorizationUrl?: string;
                accessTokenUrl?: string;
                clientId?: string & (unknown & unknown);
                clientSecret?: string;
                /** @description Separated by spaces. */
                scope?: string;
                /** @description Comes back behind a random part of our own and a dot. Empty: only our own part. */
                state?: string;
                /** @description Null or empty: forgets the tokens. As it was read: leaves them. */
                accessToken?: string | null;
                refreshToken?: string | null;
                /** @description Added to the authorization URL, for example `{"prompt": "consent"}`. */
                extraAuthParams?: {
                    [key: string]: string;
                };
                /**
                 * @description Where the client names itself to the token endpoint: HTTP Basic, or fields of the form.
                 * @enum {string}
                 */
                clientAuth?: "header" | "body";
            } | {
                /** @constant */
                type: "oauth2-client-credentials";
                accessTokenUrl?: string;
                clientId?: string & (unknown & unknown);
                clientSecret?: string;
                /** @description Separated by spaces. */
                scope?: string;
                /**
                 * @description Where the client names itself to the token endpoint: HTTP Basic, or fields of the form.
                 * @enum {string}
                 */
                clientAuth?: "header" | "body";
            };
        };
        Authorization: {
            /** @description Where the person signs in, within 10 minutes. */
            authorizationUrl: string;
        };
        StepTestAnswer: {
            request: {
                method: string;
                url: string;
                headers: {
                    [key: string]: string | string[];
                };
                body: string | null;
                /** @enum {string} */
                encoding: "utf-8" | "base64";
            } | null;
            response: {
                status: number;
                headers: {
                    [key: string]: string | string[];
                };
                body: string | null;
                /** @enum {string} */
                encoding: "utf-8" | "base64";
                file: components["schemas"]["FileValue"] | null;
                durationMs: number;
            } | null;
            /** @description What later steps would read of it, its body parsed: `steps.<key>`. */
            output: {
                status: number;
                headers: {
                    [key: string]: string | string[];
                };
                body: unknown;
                durationMs: number;
            } | null;
            /** @enum {string} */
            outcome: "succeeded" | "failed";
            error: {
                code: string;
                message: string;
            } | null;
        };
        /** @description A body that was stored as a file: `GET /api/v1/files/{fileId}`. */
        FileValue: {
            fileId: string;
            filename: string;
            contentType: string;
            bytes: number;
        };
        ConnectionTest: {
            url: string;
        };
        OpenApiContents: {
            title: string;
            version: string;
            servers: {
                url: string;
                description: string;
            }[];
            operations: {
                id: string;
                method: string;
                path: string;
                summary: string;
                tags: string[];
            }[];
            /** @description Operations that there was no room for. */
            leftOut: number;
        };
        OpenApiStep: {
            /** @enum {string} */
            action: "get" | "post" | "put" | "custom";
            name: string;
            /** @description The step’s `input`, without defaults. */
            input: {
                [key: string]: unknown;
            };
            warnings: {
                about: string;
                message: string;
            }[];
        };
        LastCallbackCall: {
            /** @enum {string} */
            event: "created" | "updated" | "deleted";
            url: string;
            runId: string;
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            runStatus: "held" | "queued" | "running" | "waiting" | "succeeded" | "failed" | "canceled";
            /** @description Null: no answer came. */
            status: number | null;
            durationMs: number | null;
            error: string | null;
        };
        CallbackSet: {
            /** @description Null: every process. */
            processName: string | null;
            created: {
                enabled: boolean;
                /** @description How many. */
                urls: number;
            };
            updated: {
                enabled: boolean;
                /** @description How many. */
                urls: number;
            };
            deleted: {
                enabled: boolean;
                /** @description How many. */
                urls: number;
            };
            /** Format: date-time */
            updatedAt: string;
            lastCallAt: string | null;
        };
        CallbackTest: {
            /** @enum {string} */
            event: "created" | "updated" | "deleted";
        };
        Evaluation: {
            /** @description Null also where there is an error. */
            values: unknown[];
            /** @description Null where there is an error; otherwise the type of the value, also of one too large to show. */
            types: (("string" | "number" | "boolean" | "null" | "list" | "object") | null)[];
            errors: ({
                code: string;
                message: string;
            } | null)[];
        };
        Evaluate: {
            expressions: (string | {
                /** @enum {string} */
                as: "expression" | "text" | "url" | "json" | "condition";
                value: string;
            } | {
                /** @constant */
                as: "value";
                value: unknown;
            })[];
            /** @description For `integration.id` and `integration.name`, and the type of a sample without one. */
            integrationId?: string;
            /** @description A sample; only `data` is required. */
            event?: {
                data: unknown;
                id?: string;
                type?: string;
                source?: string;
                subject?: string | null;
                time?: string;
                orderingKey?: string | null;
            };
            /** @description A stored event as the sample. */
            eventId?: string;
            /**
             * @description What earlier steps gave: `{<key>: {status, headers, body}}`.
             * @default {}
             */
            steps: {
                [key: string]: unknown;
            };
            /** @description A run as the sample: its event, its integration and what its steps were answered. */
            runId?: string;
        };
        EventType: {
            name: string;
            connector: string;
            title: string;
            description: string;
            schema: {
                [key: string]: unknown;
            };
            sample: unknown;
            /** @enum {string} */
            validation: "off" | "warn" | "enforce";
            builtin: boolean;
            /** @description What the platform that it comes from calls it. */
            actionTitle: string | null;
            /** @description Where a workflow for it is expected to lie. */
            treeGroup: string | null;
            treeName: string | null;
        };
        NewEventType: {
            /** @description Set once: events and integrations name it. */
            name: string;
            /**
             * @description What it is listed under.
             * @default custom
             */
            connector: string;
            title?: string;
            /** @default  */
            description: string;
            /** @description JSON Schema, draft 2020-12, of the data of its events. References only into itself. */
            schema: {
                [key: string]: unknown;
            };
            sample: unknown;
            /**
             * @default warn
             * @enum {string}
             */
            validation: "off" | "warn" | "enforce";
        };
        /** @description What is left out stays. Of a built-in type only `validation` changes. */
        EventTypePatch: {
            /** @description What it is listed under. */
            connector?: string;
            title?: string;
            description?: string;
            /** @enum {string} */
            validation?: "off" | "warn" | "enforce";
            /** @description JSON Schema, draft 2020-12, of the data of its events. References only into itself. */
            schema?: {
                [key: string]: unknown;
            };
            sample?: unknown;
        };
        EventItem: {
            id: string;
            type: string;
            source: string;
            subject: string | null;
            externalId: string | null;
            orderingKey: string | null;
            /** Format: date-time */
            time: string;
            /** Format: date-time */
            receivedAt: string;
            dataBytes: number;
            runs: string[];
            held: number;
            /** @description The event whose data was changed to replay a run. */
            editedFrom: string | null;
        };
        AcceptedEvent: {
            id: string;
            duplicate: boolean;
            runs: string[];
            held: number;
        };
        NewEvent: {
            type: string;
            /** @description Who says so. With `id` it makes the event idempotent. */
            source?: string;
            /** @description The sender's own id. Without one there is no deduplication. */
            id?: string;
            subject?: string | null;
            /** Format: date-time */
            time?: string;
            orderingKey?: string | null;
            data: unknown;
        };
        EventBatchAnswer: {
            results: {
                index: number;
                /** @enum {string} */
                status: "accepted" | "duplicate" | "rejected";
                id?: string;
                error?: {
                    code: string;
                    message: string;
                    errors: {
                        path: string;
                        code: string;
                        message: string;
                    }[];
                };
            }[];
            accepted: number;
            duplicates: number;
            rejected: number;
        };
        EventBatch: {
            /** @description Each as POST /api/v1/events. */
            events: unknown[];
        };
        Event: {
            id: string;
            type: string;
            source: string;
            subject: string | null;
            externalId: string | null;
            orderingKey: string | null;
            /** Format: date-time */
            time: string;
            /** Format: date-time */
            receivedAt: string;
            dataBytes: number;
            runs: string[];
            held: number;
            /** @description The event whose data was changed to replay a run. */
            editedFrom: string | null;
            data: unknown;
            /** @description The request to a hook URL that it was made of. */
            request: {
                method: string;
                headers: {
                    [key: string]: string;
                };
                query: {
                    [key: string]: string | string[];
                };
            } | null;
            /** @description What of `data` does not satisfy the schema of its type; paths are into `data`. */
            schemaFaults: {
                path: string;
                code: string;
                message: string;
            }[];
            /** @description What else a CloudEvent said of itself: extensions, `datacontenttype`, `dataschema`. */
            attributes: {
                [key: string]: string | number | boolean;
            };
            /** @description Its runs, newest first, held ones, replays and tests included; 250 at most. */
            runLog: components["schemas"]["RunItem"][];
            /** @description Integrations that looked at it and neither run nor hold it. Why: `filter`, `filter_error`, `off`, `archived`, `not_published`, `held_limit`. */
            passedOver: {
                integrationId: string;
                integrationName: string | null;
                reason: string;
            }[];
        };
        RunItem: {
            id: string;
            number: number;
            integrationId: string;
            integrationName: string | null;
            version: number | null;
            eventId: string;
            eventType: string | null;
            eventSubject: string | null;
            test: boolean;
            /** @enum {string} */
            status: "held" | "queued" | "running" | "waiting" | "succeeded" | "failed" | "canceled";
            reason: string | null;
            error: components["schemas"]["RunError"] | null;
            /** @description Where a run failed, or waits. */
            atStep: components["schemas"]["StepPlace"] | null;
            replayOf: string | null;
            /** Format: date-time */
            createdAt: string;
            startedAt: string | null;
            finishedAt: string | null;
        };
        RunError: {
            code: string;
            message: string;
        };
        StepPlace: {
            key: string;
            name: string;
            /** @description From 1; 0: not known. */
            position: number;
        };
        MadeRuns: {
            runIds: string[];
        };
        EventReplay: {
            integrationId?: string;
        };
        File: {
            id: string;
            filename: string;
            contentType: string;
            bytes: number;
        };
        HookDeliveryItem: {
            id: string;
            integrationId: string;
            integrationName: string;
            /** @enum {string} */
            outcome: "accepted" | "duplicate" | "handshake" | "refused";
            /** @description Why it was refused. */
            reason: string | null;
            method: string;
            query: string;
            bodyBytes: number;
            remoteAddress: string | null;
            eventId: string | null;
            /** @description In a flood, those refused for the same reason are counted on one. */
            times: number;
            /** Format: date-time */
            receivedAt: string;
            /** Format: date-time */
            lastAt: string;
        };
        HookDelivery: {
            id: string;
            integrationId: string;
            integrationName: string;
            /** @enum {string} */
            outcome: "accepted" | "duplicate" | "handshake" | "refused";
            /** @description Why it was refused. */
            reason: string | null;
            method: string;
            query: string;
            bodyBytes: number;
            remoteAddress: string | null;
            eventId: string | null;
            /** @description In a flood, those refused for the same reason are counted on one. */
            times: number;
            /** Format: date-time */
            receivedAt: string;
            /** Format: date-time */
            lastAt: string;
            headers: {
                [key: string]: string;
            };
            /** @description Of a refused one; of an accepted one, see its event. */
            body: string | null;
            /** @enum {string} */
            encoding: "utf-8" | "base64";
        };
        Inspector: {
            /** @description Null where this server has none. */
            url: string | null;
        };
        IntegrationItem: {
            name: string;
            /** @default  */
            description: string;
            trigger: components["schemas"]["Trigger"];
            steps: {
                key: string;
                name: string;
                kind: string;
                connector: string;
                action: string;
            }[];
            id: string;
            /** @enum {string} */
            state: "on" | "off" | "archived";
            revision: number;
            publishedVersion: number | null;
            /** @description The draft is not what is published. */
            draftDiffers: boolean;
            /** @enum {string} */
            origin: "native" | "subscription" | "callback" | "platform-webhook";
            /** @description Where an integration with a trigger of type webhook is called; for developers only. */
            hookUrl: string | null;
            /** @description Of its schedule, while it is On. */
            nextFireAt: string | null;
            /** @description Runs that wait for the integration to be turned On. */
            heldCount: number;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description When the draft last changed.
             */
            updatedAt: string;
            createdBy: string;
        };
        Trigger: {
            /** @constant */
            type: "event";
            /** @default null */
            eventType: (string | string[]) | null;
            /** @default null */
            filter: string | null;
            /** @default null */
            path: string | null;
            /**
             * @default hold
             * @enum {string}
             */
            whenOff: "hold" | "drop";
            /** @default null */
            orderingKey: null;
        } | {
            /** @constant */
            type: "manual";
            /** @default null */
            eventType: string | null;
            /** @default null */
            filter: string | null;
            /** @default null */
            path: string | null;
            /**
             * @default hold
             * @enum {string}
             */
            whenOff: "hold" | "drop";
            /** @default null */
            orderingKey: null;
        } | {
            /** @constant */
            type: "webhook";
            /** @default null */
            eventType: string | null;
            methods: unknown;
            verification: {
                /**
                 * @default none
                 * @enum {string}
                 */
                preset: "none" | "basic" | "bearer" | "standard-webhooks" | "github" | "stripe" | "slack" | "shopify" | "hmac";
                /** @default null */
                connectionId: string | null;
                /** @default 300 */
                toleranceSeconds: number;
                /**
                 * @description The second use of one signed message: 401, or the first answer again.
                 * @default refuse
                 * @enum {string}
                 */
                replays: "refuse" | "acknowledge";
                /** @default X-Signature */
                header: string;
                /** @default  */
                prefix: string;
                /**
                 * @default sha256
                 * @enum {string}
                 */
                algorithm: "sha1" | "sha256" | "sha384" | "sha512";
                /**
                 * @default hex
                 * @enum {string}
                 */
                encoding: "hex" | "base64" | "base64url";
                /** @default {body} */
                signedContent: string;
                /** @default null */
                timestampHeader: string | null;
                /** @default null */
                idHeader: string | null;
            };
            /**
             * @default accepted
             * @enum {string}
             */
            answer: "accepted" | "last-step";
            /** @default null */
            filter: string | null;
            /** @default null */
            path: string | null;
            /**
             * @default hold
             * @enum {string}
             */
            whenOff: "hold" | "drop";
            /** @default null */
            orderingKey: null;
        } | {
            /** @constant */
            type: "schedule";
            /** @default null */
            eventType: string | null;
            /** @description Five fields: minute, hour, day of the month, month, weekday. */
            cron: string;
            /**
             * @description IANA name.
             * @default UTC
             */
            timezone: string;
            /**
             * @description Which times fire late at which no process was there; `all`: the newest 100.
             * @default none
             * @enum {string}
             */
            missed: "none" | "last" | "all";
            /** @default null */
            filter: string | null;
            /** @default null */
            path: string | null;
            /**
             * @default hold
             * @enum {string}
             */
            whenOff: "hold" | "drop";
            /** @default null */
            orderingKey: null;
        };
        Integration: {
            name: string;
            /** @default  */
            description: string;
            trigger: components["schemas"]["Trigger"];
            steps: components["schemas"]["Step"][];
            id: string;
            /** @enum {string} */
            state: "on" | "off" | "archived";
            revision: number;
            publishedVersion: number | null;
            /** @description The draft is not what is published. */
            draftDiffers: boolean;
            /** @enum {string} */
            origin: "native" | "subscription" | "callback" | "platform-webhook";
            /** @description Where an integration with a trigger of type webhook is called; for developers only. */
            hookUrl: string | null;
            /** @description Of its schedule, while it is On. */
            nextFireAt: string | null;
            /** @description Runs that wait for the integration to be turned On. */
            heldCount: number;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description When the draft last changed.
             */
            updatedAt: string;
            createdBy: string;
            /** @description What keeps the draft from being published, by JSON pointer into this answer. */
            problems: {
                path: string;
                code: string;
                message: string;
            }[];
        };
        Step: {
            key: string;
            name?: string;
            /**
             * @default action
             * @constant
             */
            kind: "action";
            /** @default http */
            connector: string;
            action: string;
            /** @default null */
            connectionId: string | null;
            /** @default 30000 */
            timeoutMs: number;
            /** @description Until the connection stands. 10 s unless given. */
            connectTimeoutMs?: number;
            /** @description From then until the answer begins. No limit of its own unless given. */
            firstByteTimeoutMs?: number;
            retry: {
                /** @default 10 */
                attempts: number;
                /**
                 * @default exponential
                 * @enum {string}
                 */
                backoff: "fixed" | "exponential";
                /** @default 1000 */
                firstDelayMs: number;
                /** @default 600000 */
                maxDelayMs: number;
                /**
                 * @default [
                 *       "network",
                 *       "408",
                 *       "425",
                 *       "429",
                 *       "5xx"
                 *     ]
                 */
                on: string[];
            };
            /**
             * @default stop
             * @enum {string}
             */
            onError: "stop" | "continue" | "error-steps";
            /** @default true */
            idempotencyKey: boolean;
            /** @default null */
            if: string | null;
            /** @description By connector and action: see GET /api/v1/connectors. */
            input: {
                url: string;
                /** @default [] */
                query: {
                    key: string;
                    /** @default  */
                    value: unknown;
                    /** @enum {string} */
                    whenMissing?: "send-null" | "omit" | "empty" | "default" | "fail";
                    default?: unknown;
                }[];
                /** @default [] */
                headers: {
                    key: string;
                    /** @default  */
                    value: unknown;
                    /** @enum {string} */
                    whenMissing?: "send-null" | "omit" | "empty" | "default" | "fail";
                    default?: unknown;
                }[];
                /** @default false */
                omitNulls: boolean;
                /**
                 * @default repeat
                 * @enum {string}
                 */
                queryArrays: "repeat" | "brackets" | "indices" | "comma";
                /** @default 0 */
                redirects: number;
                success: {
                    /**
                     * @default [
                     *       "2xx"
                     *     ]
                     */
                    statuses: string[];
                    /** @default null */
                    when: string | null;
                };
                /** @default null */
                pagination: ({
                    /** @constant */
                    by: "next-url";
                    next: string;
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                } | {
                    /** @constant */
                    by: "link-header";
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                } | {
                    /** @constant */
                    by: "page";
                    /** @default page */
                    parameter: string;
                    /** @default 1 */
                    first: number;
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                } | {
                    /** @constant */
                    by: "offset";
                    /** @default offset */
                    parameter: string;
                    /** @default 0 */
                    first: number;
                    /** @default null */
                    size: number | null;
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                } | {
                    /** @constant */
                    by: "cursor";
                    /** @default cursor */
                    parameter: string;
                    next: string;
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                }) | null;
                /** @default [] */
                body: {
                    key: string;
                    /** @default  */
                    value: unknown;
                    /** @enum {string} */
                    whenMissing?: "send-null" | "omit" | "empty" | "default" | "fail";
                    default?: unknown;
                }[];
            } | {
                url: string;
                /** @default [] */
                query: {
                    key: string;
                    /** @default  */
                    value: unknown;
                    /** @enum {string} */
                    whenMissing?: "send-null" | "omit" | "empty" | "default" | "fail";
                    default?: unknown;
                }[];
                /** @default [] */
                headers: {
                    key: string;
                    /** @default  */
                    value: unknown;
                    /** @enum {string} */
                    whenMissing?: "send-null" | "omit" | "empty" | "default" | "fail";
                    default?: unknown;
                }[];
                /** @default false */
                omitNulls: boolean;
                /**
                 * @default repeat
                 * @enum {string}
                 */
                queryArrays: "repeat" | "brackets" | "indices" | "comma";
                /** @default 0 */
                redirects: number;
                success: {
                    /**
                     * @default [
                     *       "2xx"
                     *     ]
                     */
                    statuses: string[];
                    /** @default null */
                    when: string | null;
                };
                /** @default null */
                pagination: ({
                    /** @constant */
                    by: "next-url";
                    next: string;
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                } | {
                    /** @constant */
                    by: "link-header";
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                } | {
                    /** @constant */
                    by: "page";
                    /** @default page */
                    parameter: string;
                    /** @default 1 */
                    first: number;
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                } | {
                    /** @constant */
                    by: "offset";
                    /** @default offset */
                    parameter: string;
                    /** @default 0 */
                    first: number;
                    /** @default null */
                    size: number | null;
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                } | {
                    /** @constant */
                    by: "cursor";
                    /** @default cursor */
                    parameter: string;
                    next: string;
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                }) | null;
                /** @default POST */
                method: string;
                /**
                 * @default json
                 * @enum {string}
                 */
                bodyType: "none" | "json" | "raw" | "urlencoded" | "form-data";
                contentType?: string;
                /** @default [] */
                body: {
                    key: string;
                    /** @default  */
                    value: unknown;
                    /** @enum {string} */
                    whenMissing?: "send-null" | "omit" | "empty" | "default" | "fail";
                    default?: unknown;
                }[] | string;
            };
            /** @default [] */
            errorSteps: components["schemas"]["ErrorStep"][];
        };
        ErrorStep: {
            key: string;
            name?: string;
            /**
             * @default action
             * @constant
             */
            kind: "action";
            /** @default http */
            connector: string;
            action: string;
            /** @default null */
            connectionId: string | null;
            /** @default 30000 */
            timeoutMs: number;
            /** @description Until the connection stands. 10 s unless given. */
            connectTimeoutMs?: number;
            /** @description From then until the answer begins. No limit of its own unless given. */
            firstByteTimeoutMs?: number;
            retry: {
                /** @default 10 */
                attempts: number;
                /**
                 * @default exponential
                 * @enum {string}
                 */
                backoff: "fixed" | "exponential";
                /** @default 1000 */
                firstDelayMs: number;
                /** @default 600000 */
                maxDelayMs: number;
                /**
                 * @default [
                 *       "network",
                 *       "408",
                 *       "425",
                 *       "429",
                 *       "5xx"
                 *     ]
                 */
                on: string[];
            };
            /**
             * @default stop
             * @enum {string}
             */
            onError: "stop" | "continue" | "error-steps";
            /** @default true */
            idempotencyKey: boolean;
            /** @default null */
            if: string | null;
            /** @description By connector and action: see GET /api/v1/connectors. */
            input: {
                url: string;
                /** @default [] */
                query: {
                    key: string;
                    /** @default  */
                    value: unknown;
                    /** @enum {string} */
                    whenMissing?: "send-null" | "omit" | "empty" | "default" | "fail";
                    default?: unknown;
                }[];
                /** @default [] */
                headers: {
                    key: string;
                    /** @default  */
                    value: unknown;
                    /** @enum {string} */
                    whenMissing?: "send-null" | "omit" | "empty" | "default" | "fail";
                    default?: unknown;
                }[];
                /** @default false */
                omitNulls: boolean;
                /**
                 * @default repeat
                 * @enum {string}
                 */
                queryArrays: "repeat" | "brackets" | "indices" | "comma";
                /** @default 0 */
                redirects: number;
                success: {
                    /**
                     * @default [
                     *       "2xx"
                     *     ]
                     */
                    statuses: string[];
                    /** @default null */
                    when: string | null;
                };
                /** @default null */
                pagination: ({
                    /** @constant */
                    by: "next-url";
                    next: string;
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                } | {
                    /** @constant */
                    by: "link-header";
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                } | {
                    /** @constant */
                    by: "page";
                    /** @default page */
                    parameter: string;
                    /** @default 1 */
                    first: number;
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                } | {
                    /** @constant */
                    by: "offset";
                    /** @default offset */
                    parameter: string;
                    /** @default 0 */
                    first: number;
                    /** @default null */
                    size: number | null;
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                } | {
                    /** @constant */
                    by: "cursor";
                    /** @default cursor */
                    parameter: string;
                    next: string;
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                }) | null;
                /** @default [] */
                body: {
                    key: string;
                    /** @default  */
                    value: unknown;
                    /** @enum {string} */
                    whenMissing?: "send-null" | "omit" | "empty" | "default" | "fail";
                    default?: unknown;
                }[];
            } | {
                url: string;
                /** @default [] */
                query: {
                    key: string;
                    /** @default  */
                    value: unknown;
                    /** @enum {string} */
                    whenMissing?: "send-null" | "omit" | "empty" | "default" | "fail";
                    default?: unknown;
                }[];
                /** @default [] */
                headers: {
                    key: string;
                    /** @default  */
                    value: unknown;
                    /** @enum {string} */
                    whenMissing?: "send-null" | "omit" | "empty" | "default" | "fail";
                    default?: unknown;
                }[];
                /** @default false */
                omitNulls: boolean;
                /**
                 * @default repeat
                 * @enum {string}
                 */
                queryArrays: "repeat" | "brackets" | "indices" | "comma";
                /** @default 0 */
                redirects: number;
                success: {
                    /**
                     * @default [
                     *       "2xx"
                     *     ]
                     */
                    statuses: string[];
                    /** @default null */
                    when: string | null;
                };
                /** @default null */
                pagination: ({
                    /** @constant */
                    by: "next-url";
                    next: string;
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                } | {
                    /** @constant */
                    by: "link-header";
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                } | {
                    /** @constant */
                    by: "page";
                    /** @default page */
                    parameter: string;
                    /** @default 1 */
                    first: number;
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                } | {
                    /** @constant */
                    by: "offset";
                    /** @default offset */
                    parameter: string;
                    /** @default 0 */
                    first: number;
                    /** @default null */
                    size: number | null;
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                } | {
                    /** @constant */
                    by: "cursor";
                    /** @default cursor */
                    parameter: string;
                    next: string;
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                }) | null;
                /** @default POST */
                method: string;
                /**
                 * @default json
                 * @enum {string}
                 */
                bodyType: "none" | "json" | "raw" | "urlencoded" | "form-data";
                contentType?: string;
                /** @default [] */
                body: {
                    key: string;
                    /** @default  */
                    value: unknown;
                    /** @enum {string} */
                    whenMissing?: "send-null" | "omit" | "empty" | "default" | "fail";
                    default?: unknown;
                }[] | string;
            };
            /** @default [] */
            errorSteps: unknown[];
        };
        NewIntegration: {
            name: string;
            /** @default  */
            description: string;
            trigger: components["schemas"]["TriggerInput"];
            /** @default [] */
            steps: components["schemas"]["StepInput"][];
        };
        TriggerInput: {
            /** @constant */
            type: "event";
            /** @default null */
            eventType: (string | string[]) | null;
            /** @default null */
            filter: string | null;
            /** @default null */
            path: string | null;
            /**
             * @default hold
             * @enum {string}
             */
            whenOff: "hold" | "drop";
            /** @default null */
            orderingKey: null;
        } | {
            /** @constant */
            type: "manual";
            /** @default null */
            eventType: string | null;
            /** @default null */
            filter: string | null;
            /** @default null */
            path: string | null;
            /**
             * @default hold
             * @enum {string}
             */
            whenOff: "hold" | "drop";
            /** @default null */
            orderingKey: null;
        } | {
            /** @constant */
            type: "webhook";
            /** @default null */
            eventType: string | null;
            /**
             * @default [
             *       "POST"
             *     ]
             */
            methods: ("GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS")[];
            /** @default {} */
            verification: {
                /**
                 * @default none
                 * @enum {string}
                 */
                preset: "none" | "basic" | "bearer" | "standard-webhooks" | "github" | "stripe" | "slack" | "shopify" | "hmac";
                /** @default null */
                connectionId: string | null;
                /** @default 300 */
                toleranceSeconds: number;
                /**
                 * @description The second use of one signed message: 401, or the first answer again.
                 * @default refuse
                 * @enum {string}
                 */
                replays: "refuse" | "acknowledge";
                /** @default X-Signature */
                header: string;
                /** @default  */
                prefix: string;
                /**
                 * @default sha256
                 * @enum {string}
                 */
                algorithm: "sha1" | "sha256" | "sha384" | "sha512";
                /**
                 * @default hex
                 * @enum {string}
                 */
                encoding: "hex" | "base64" | "base64url";
                /** @default {body} */
                signedContent: string;
                /** @default null */
                timestampHeader: string | null;
                /** @default null */
                idHeader: string | null;
            };
            /**
             * @default accepted
             * @enum {string}
             */
            answer: "accepted" | "last-step";
            /** @default null */
            filter: string | null;
            /** @default null */
            path: string | null;
            /**
             * @default hold
             * @enum {string}
             */
            whenOff: "hold" | "drop";
            /** @default null */
            orderingKey: null;
        } | {
            /** @constant */
            type: "schedule";
            /** @default null */
            eventType: string | null;
            /** @description Five fields: minute, hour, day of the month, month, weekday. */
            cron: string;
            /**
             * @description IANA name.
             * @default UTC
             */
            timezone: string;
            /**
             * @description Which times fire late at which no process was there; `all`: the newest 100.
             * @default none
             * @enum {string}
             */
            missed: "none" | "last" | "all";
            /** @default null */
            filter: string | null;
            /** @default null */
            path: string | null;
            /**
             * @default hold
             * @enum {string}
             */
            whenOff: "hold" | "drop";
            /** @default null */
            orderingKey: null;
        };
        StepInput: {
            key: string;
            name?: string;
            /**
             * @default action
             * @constant
             */
            kind: "action";
            /** @default http */
            connector: string;
            action: string;
            /** @default null */
            connectionId: string | null;
            /** @default 30000 */
            timeoutMs: number;
            /** @description Until the connection stands. 10 s unless given. */
            connectTimeoutMs?: number;
            /** @description From then until the answer begins. No limit of its own unless given. */
            firstByteTimeoutMs?: number;
            /** @default {} */
            retry: {
                /** @default 10 */
                attempts: number;
                /**
                 * @default exponential
                 * @enum {string}
                 */
                backoff: "fixed" | "exponential";
                /** @default 1000 */
                firstDelayMs: number;
                /** @default 600000 */
                maxDelayMs: number;
                /**
                 * @default [
                 *       "network",
                 *       "408",
                 *       "425",
                 *       "429",
                 *       "5xx"
                 *     ]
                 */
                on: string[];
            };
            /**
             * @default stop
             * @enum {string}
             */
            onError: "stop" | "continue" | "error-steps";
            /** @default true */
            idempotencyKey: boolean;
            /** @default null */
            if: string | null;
            /** @description By connector and action: see GET /api/v1/connectors. */
            input: {
                url: string;
                /** @default [] */
                query: {
                    key: string;
                    /** @default  */
                    value: unknown;
                    /** @enum {string} */
                    whenMissing?: "send-null" | "omit" | "empty" | "default" | "fail";
                    default?: unknown;
                }[];
                /** @default [] */
                headers: {
                    key: string;
                    /** @default  */
                    value: unknown;
                    /** @enum {string} */
                    whenMissing?: "send-null" | "omit" | "empty" | "default" | "fail";
                    default?: unknown;
                }[];
                /** @default false */
                omitNulls: boolean;
                /**
                 * @default repeat
                 * @enum {string}
                 */
                queryArrays: "repeat" | "brackets" | "indices" | "comma";
                /** @default 0 */
                redirects: number;
                /** @default {} */
                success: {
                    /**
                     * @default [
                     *       "2xx"
                     *     ]
                     */
                    statuses: string[];
                    /** @default null */
                    when: string | null;
                };
                /** @default null */
                pagination: ({
                    /** @constant */
                    by: "next-url";
                    next: string;
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                } | {
                    /** @constant */
                    by: "link-header";
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                } | {
                    /** @constant */
                    by: "page";
                    /** @default page */
                    parameter: string;
                    /** @default 1 */
                    first: number;
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                } | {
                    /** @constant */
                    by: "offset";
                    /** @default offset */
                    parameter: string;
                    /** @default 0 */
                    first: number;
                    /** @default null */
                    size: number | null;
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                } | {
                    /** @constant */
                    by: "cursor";
                    /** @default cursor */
                    parameter: string;
                    next: string;
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                }) | null;
                /** @default [] */
                body: {
                    key: string;
                    /** @default  */
                    value: unknown;
                    /** @enum {string} */
                    whenMissing?: "send-null" | "omit" | "empty" | "default" | "fail";
                    default?: unknown;
                }[];
            } | {
                url: string;
                /** @default [] */
                query: {
                    key: string;
                    /** @default  */
                    value: unknown;
                    /** @enum {string} */
                    whenMissing?: "send-null" | "omit" | "empty" | "default" | "fail";
                    default?: unknown;
                }[];
                /** @default [] */
                headers: {
                    key: string;
                    /** @default  */
                    value: unknown;
                    /** @enum {string} */
                    whenMissing?: "send-null" | "omit" | "empty" | "default" | "fail";
                    default?: unknown;
                }[];
                /** @default false */
                omitNulls: boolean;
                /**
                 * @default repeat
                 * @enum {string}
                 */
                queryArrays: "repeat" | "brackets" | "indices" | "comma";
                /** @default 0 */
                redirects: number;
                /** @default {} */
                success: {
                    /**
                     * @default [
                     *       "2xx"
                     *     ]
                     */
                    statuses: string[];
                    /** @default null */
                    when: string | null;
                };
                /** @default null */
                pagination: ({
                    /** @constant */
                    by: "next-url";
                    next: string;
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                } | {
                    /** @constant */
                    by: "link-header";
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                } | {
                    /** @constant */
                    by: "page";
                    /** @default page */
                    parameter: string;
                    /** @default 1 */
                    first: number;
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                } | {
                    /** @constant */
                    by: "offset";
                    /** @default offset */
                    parameter: string;
                    /** @default 0 */
                    first: number;
                    /** @default null */
                    size: number | null;
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                } | {
                    /** @constant */
                    by: "cursor";
                    /** @default cursor */
                    parameter: string;
                    next: string;
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                }) | null;
                /** @default POST */
                method: string;
                /**
                 * @default json
                 * @enum {string}
                 */
                bodyType: "none" | "json" | "raw" | "urlencoded" | "form-data";
                contentType?: string;
                /** @default [] */
                body: {
                    key: string;
                    /** @default  */
                    value: unknown;
                    /** @enum {string} */
                    whenMissing?: "send-null" | "omit" | "empty" | "default" | "fail";
                    default?: unknown;
                }[] | string;
            };
            /** @default [] */
            errorSteps: components["schemas"]["ErrorStepInput"][];
        };
        ErrorStepInput: {
            key: string;
            name?: string;
            /**
             * @default action
             * @constant
             */
            kind: "action";
            /** @default http */
            connector: string;
            action: string;
            /** @default null */
            connectionId: string | null;
            /** @default 30000 */
            timeoutMs: number;
            /** @description Until the connection stands. 10 s unless given. */
            connectTimeoutMs?: number;
            /** @description From then until the answer begins. No limit of its own unless given. */
            firstByteTimeoutMs?: number;
            /** @default {} */
            retry: {
                /** @default 10 */
                attempts: number;
                /**
                 * @default exponential
                 * @enum {string}
                 */
                backoff: "fixed" | "exponential";
                /** @default 1000 */
                firstDelayMs: number;
                /** @default 600000 */
                maxDelayMs: number;
                /**
                 * @default [
                 *       "network",
                 *       "408",
                 *       "425",
                 *       "429",
                 *       "5xx"
                 *     ]
                 */
                on: string[];
            };
            /**
             * @default stop
             * @enum {string}
             */
            onError: "stop" | "continue" | "error-steps";
            /** @default true */
            idempotencyKey: boolean;
            /** @default null */
            if: string | null;
            /** @description By connector and action: see GET /api/v1/connectors. */
            input: {
                url: string;
                /** @default [] */
                query: {
                    key: string;
                    /** @default  */
                    value: unknown;
                    /** @enum {string} */
                    whenMissing?: "send-null" | "omit" | "empty" | "default" | "fail";
                    default?: unknown;
                }[];
                /** @default [] */
                headers: {
                    key: string;
                    /** @default  */
                    value: unknown;
                    /** @enum {string} */
                    whenMissing?: "send-null" | "omit" | "empty" | "default" | "fail";
                    default?: unknown;
                }[];
                /** @default false */
                omitNulls: boolean;
                /**
                 * @default repeat
                 * @enum {string}
                 */
                queryArrays: "repeat" | "brackets" | "indices" | "comma";
                /** @default 0 */
                redirects: number;
                /** @default {} */
                success: {
                    /**
                     * @default [
                     *       "2xx"
                     *     ]
                     */
                    statuses: string[];
                    /** @default null */
                    when: string | null;
                };
                /** @default null */
                pagination: ({
                    /** @constant */
                    by: "next-url";
                    next: string;
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                } | {
                    /** @constant */
                    by: "link-header";
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                } | {
                    /** @constant */
                    by: "page";
                    /** @default page */
                    parameter: string;
                    /** @default 1 */
                    first: number;
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                } | {
                    /** @constant */
                    by: "offset";
                    /** @default offset */
                    parameter: string;
                    /** @default 0 */
                    first: number;
                    /** @default null */
                    size: number | null;
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                } | {
                    /** @constant */
                    by: "cursor";
                    /** @default cursor */
                    parameter: string;
                    next: string;
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                }) | null;
                /** @default [] */
                body: {
                    key: string;
                    /** @default  */
                    value: unknown;
                    /** @enum {string} */
                    whenMissing?: "send-null" | "omit" | "empty" | "default" | "fail";
                    default?: unknown;
                }[];
            } | {
                url: string;
                /** @default [] */
                query: {
                    key: string;
                    /** @default  */
                    value: unknown;
                    /** @enum {string} */
                    whenMissing?: "send-null" | "omit" | "empty" | "default" | "fail";
                    default?: unknown;
                }[];
                /** @default [] */
                headers: {
                    key: string;
                    /** @default  */
                    value: unknown;
                    /** @enum {string} */
                    whenMissing?: "send-null" | "omit" | "empty" | "default" | "fail";
                    default?: unknown;
                }[];
                /** @default false */
                omitNulls: boolean;
                /**
                 * @default repeat
                 * @enum {string}
                 */
                queryArrays: "repeat" | "brackets" | "indices" | "comma";
                /** @default 0 */
                redirects: number;
                /** @default {} */
                success: {
                    /**
                     * @default [
                     *       "2xx"
                     *     ]
                     */
                    statuses: string[];
                    /** @default null */
                    when: string | null;
                };
                /** @default null */
                pagination: ({
                    /** @constant */
                    by: "next-url";
                    next: string;
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                } | {
                    /** @constant */
                    by: "link-header";
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                } | {
                    /** @constant */
                    by: "page";
                    /** @default page */
                    parameter: string;
                    /** @default 1 */
                    first: number;
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                } | {
                    /** @constant */
                    by: "offset";
                    /** @default offset */
                    parameter: string;
                    /** @default 0 */
                    first: number;
                    /** @default null */
                    size: number | null;
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                } | {
                    /** @constant */
                    by: "cursor";
                    /** @default cursor */
                    parameter: string;
                    next: string;
                    /** @default body */
                    items: string;
                    /** @default 100 */
                    maxPages: number;
                    /** @default true */
                    stopWhenEmpty: boolean;
                    /** @default null */
                    stopWhen: string | null;
                }) | null;
                /** @default POST */
                method: string;
                /**
                 * @default json
                 * @enum {string}
                 */
                bodyType: "none" | "json" | "raw" | "urlencoded" | "form-data";
                contentType?: string;
                /** @default [] */
                body: {
                    key: string;
                    /** @default  */
                    value: unknown;
                    /** @enum {string} */
                    whenMissing?: "send-null" | "omit" | "empty" | "default" | "fail";
                    default?: unknown;
                }[] | string;
            };
            /** @default [] */
            errorSteps: unknown[];
        };
        /** @description Runs of the last 24 hours; tests are left out. */
        IntegrationActivity: {
            integrationId: string;
            hours: {
                runs: number;
                failed: number;
            }[];
            runs: number;
            succeeded: number;
            failed: number;
            /** @description Whenever it was. */
            lastRun: {
                id: string;
                /** @enum {string} */
                status: "held" | "queued" | "running" | "waiting" | "succeeded" | "failed" | "canceled";
                /** Format: date-time */
                at: string;
            } | null;
            attention: components["schemas"]["IntegrationAttention"] | null;
        };
        /** @description What keeps an integration that is On from its work. */
        IntegrationAttention: {
            /** @constant */
            kind: "sign-in";
            connectionId: string;
            connectionName: string;
            /** @description Runs that go on once somebody has signed in. */
            waiting: number;
        } | {
            /** @constant */
            kind: "failing";
            runId: string;
            error: {
                code: string;
                message: string;
            };
        };
        /** @description `all` without those that are archived; `off` without drafts. */
        IntegrationCounts: {
            all: number;
            on: number;
            off: number;
            drafts: number;
            attention: number;
            archived: number;
        };
        IntegrationPatch: {
            name?: string;
            /** @default  */
            description: string;
            trigger?: components["schemas"]["TriggerInput"];
            /** @default [] */
            steps: components["schemas"]["StepInput"][];
        };
        StartedReplay: {
            id: string | null;
            matched: number;
        };
        Backfill: {
            /** @default {} */
            filter: {
                /** @description Otherwise those that its trigger listens to. */
                type?: string;
                source?: string;
                subject?: string;
                /** Format: date-time */
                from?: string;
                /** Format: date-time */
                to?: string;
                /** @description In the data. */
                q?: string;
            };
            /**
             * @description Also events that this integration ran already.
             * @default false
             */
            includeRun: boolean;
            /** @default 10 */
            ratePerSecond: number;
            /**
             * @description Only counts: nothing is run, `id` is null.
             * @default false
             */
            dryRun: boolean;
        };
        MadeRun: {
            runId: string;
        };
        ManualRun: {
            data?: unknown;
        };
        IntegrationState: {
            /** @enum {string} */
            state: "on" | "off";
            version: number | null;
            released: number;
            discarded: number;
            kept: number;
        };
        StepTest: {
            /** @description A sample; only `data` is required. */
            event?: {
                data: unknown;
                id?: string;
                type?: string;
                source?: string;
                subject?: string | null;
                time?: string;
                orderingKey?: string | null;
            };
            /** @description A stored event as the sample. */
            eventId?: string;
            /**
             * @description What earlier steps gave: `{<key>: {status, headers, body}}`.
             * @default {}
             */
            steps: {
                [key: string]: unknown;
            };
            /**
             * @description Builds the request and sends nothing.
             * @default false
             */
            preview: boolean;
        };
        DraftTest: {
            /** @description A sample; only `data` is required. */
            event?: {
                /** @description Who says so. With `id` it makes the event idempotent. */
                source?: string;
                subject?: string | null;
                /** Format: date-time */
                time?: string;
                data: unknown;
                type?: string;
            };
            /** @description A stored event as the sample. */
            eventId?: string;
        };
        CallbackUrl: {
            /** @description To be registered at every provider. */
            callbackUrl: string;
        };
        Replay: {
            id: string;
            /**
             * @description What is run again: past runs, or past events (a backfill).
             * @enum {string}
             */
            kind: "runs" | "events";
            integrationId: string | null;
            /** @enum {string} */
            state: "running" | "done" | "canceled" | "failed";
            matched: number;
            /** @description Runs made so far. */
            made: number;
            /** @description Left out: see `lastSkip` for why the last one was. */
            skipped: number;
            lastSkip: string | null;
            ratePerSecond: number;
            error: string | null;
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            endedAt: string | null;
        };
        FailureCause: {
            integrationId: string;
            integrationName: string | null;
            atStep: components["schemas"]["StepPlace"] | null;
            code: string;
            /** @description Of the answer; null where none came. */
            status: number | null;
            /** @description Of the newest of these runs. */
            message: string;
            runs: number;
            /** Format: date-time */
            firstAt: string;
            /** Format: date-time */
            lastAt: string;
            lastRunId: string;
        };
        RunsReplay: {
            filter?: {
                integrationId?: string;
                /**
                 * @default [
                 *       "failed"
                 *     ]
                 */
                status: ("succeeded" | "failed" | "canceled")[];
                errorCode?: string;
                /** Format: date-time */
                from?: string;
                /** Format: date-time */
                to?: string;
                /** @description In the message of the error. */
                q?: string;
                /** @default false */
                test: boolean;
            };
            /**
             * @description `start`, `failed` (the step that the run failed at), or the key of a step. Results before it are kept.
             * @default failed
             */
            from: string;
            /**
             * @default original
             * @enum {string}
             */
            version: "original" | "current" | "draft";
            /**
             * @description Also runs of which a later replay succeeded or is under way.
             * @default false
             */
            includeRepaired: boolean;
            /** @default 10 */
            ratePerSecond: number;
            /**
             * @description Only counts: nothing is run, `id` is null.
             * @default false
             */
            dryRun: boolean;
        };
        Run: {
            id: string;
            number: number;
            integrationId: string;
            integrationName: string | null;
            version: number | null;
            eventId: string;
            eventType: string | null;
            eventSubject: string | null;
            test: boolean;
            /** @enum {string} */
            status: "held" | "queued" | "running" | "waiting" | "succeeded" | "failed" | "canceled";
            reason: string | null;
            error: components["schemas"]["RunError"] | null;
            /** @description Where a run failed, or waits. */
            atStep: components["schemas"]["StepPlace"] | null;
            replayOf: string | null;
            /** Format: date-time */
            createdAt: string;
            startedAt: string | null;
            finishedAt: string | null;
            steps: components["schemas"]["RunStep"][];
        };
        RunStep: {
            key: string;
            name: string;
            action: string;
            /** @enum {string} */
            status: "pending" | "running" | "waiting" | "succeeded" | "failed" | "skipped";
            error: components["schemas"]["RunError"] | null;
            output: {
                [key: string]: unknown;
            };
            /** @description Its result is of the run that this one replays: it was not run again. */
            takenOver: boolean;
            attempts: components["schemas"]["Attempt"][];
        };
        Attempt: {
            id: string;
            number: number;
            /** @enum {string} */
            status: "started" | "succeeded" | "failed" | "unknown";
            /** Format: date-time */
            startedAt: string;
            durationMs: number | null;
            request: {
                method: string;
                url: string;
                headers: {
                    [key: string]: string | string[];
                };
                body: string | null;
                /** @enum {string} */
                encoding: "utf-8" | "base64";
                bytes: number;
            } | null;
            response: {
                status: number;
                headers: {
                    [key: string]: string | string[];
                };
                body: string | null;
                /** @enum {string} */
                encoding: "utf-8" | "base64";
                bytes: number;
                truncated: boolean;
                file: components["schemas"]["FileValue"] | null;
                /** @description The request went out twice: the kept connection it went out on first was closed at once. */
                resent: boolean;
            } | null;
            timings: {
                dnsMs: number;
                connectMs: number;
                firstByteMs: number;
                totalMs: number;
            } | null;
            remoteAddress: string | null;
            error: components["schemas"]["RunError"] | null;
            nextAttemptAt: string | null;
        };
        RunReplay: {
            /**
             * @description `start`, `failed` (the step that the run failed at), or the key of a step. Results before it are kept.
             * @default start
             */
            from: string;
            /**
             * @default original
             * @enum {string}
             */
            version: "original" | "current" | "draft";
            /** @description In the place of the event's data. What was received stays as it was. */
            data?: unknown;
        };
        SchedulePreview: {
            /** @description The next times from now on, the first one first. */
            times: string[];
            /** @description What keeps it from ever firing: then there are no times. */
            problems: {
                /** @enum {string} */
                field: "cron" | "timezone";
                code: string;
                message: string;
            }[];
        };
        /** @description Runs of tests are left out. */
        RunStats: {
            /** @enum {string} */
            range: "1h" | "24h" | "7d" | "30d";
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            bucketMs: number;
            /** @description By when runs were made, oldest first; each stretch of the range has one. Of runs that wait for long, what becomes of them shows within a minute. */
            buckets: components["schemas"]["RunBucket"][];
            total: components["schemas"]["RunCounts"];
            /** @description As long a stretch of time before it. */
            before: components["schemas"]["RunCounts"];
            /** @description Runs that wait for a next try or a sign-in now, whenever they were made. */
            waiting: {
                runs: number;
                oldestAt: string | null;
                /** @description Those that go on once somebody signs in again: the ten integrations with the most. */
                forSignIn: components["schemas"]["SignInWait"][];
            };
            /** @description The ten with the most failed runs that no replay has put right. */
            failing: components["schemas"]["FailingIntegration"][];
            /** @description The ten that were called most often, by tries. */
            hosts: components["schemas"]["CalledHost"][];
        };
        RunBucket: {
            /** Format: date-time */
            at: string;
            runs: number;
            succeeded: number;
            failed: number;
            canceled: number;
            /** @description Of runs that succeeded, from their making to their end; right to 2 %. */
            p50Ms: number | null;
            /** @description Of runs that succeeded, from their making to their end; right to 2 %. */
            p95Ms: number | null;
        };
        RunCounts: {
            runs: number;
            succeeded: number;
            failed: number;
            canceled: number;
            /** @description Of runs that succeeded, from their making to their end; right to 2 %. */
            p50Ms: number | null;
            /** @description Of runs that succeeded, from their making to their end; right to 2 %. */
            p95Ms: number | null;
        };
        SignInWait: {
            integrationId: string;
            integrationName: string | null;
            runs: number;
        };
        FailingIntegration: {
            integrationId: string;
            integrationName: string | null;
            runs: number;
            /** Format: date-time */
            lastAt: string;
            lastRunId: string;
            error: {
                code: string;
                message: string;
            };
        };
        CalledHost: {
            host: string;
            calls: number;
            succeeded: number;
            p95Ms: number | null;
        };
        AcceptedDelivery: {
            id: string;
            runs: string[];
        };
    };
    responses: {
        /** @description What went wrong */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    OpenApi_page: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    OpenApi_script: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/javascript": string;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    OpenApi_read: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    ApiKeys_list: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description `nextCursor` of the page before; opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ApiKey"][];
                        nextCursor: string | null;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    ApiKeys_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewApiKey"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeApiKey"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    ApiKeys_revoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoked */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Auth_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Caller"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Auth_signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description Signed in */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Auth_signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed out */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Connections_list: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description `nextCursor` of the page before; opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Connection"][];
                        nextCursor: string | null;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Connections_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewConnection"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Connections_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Connections_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Connections_edit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectionPatch"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    OAuth_begin: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Authorization"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    ConnectionTest_test: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectionTest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StepTestAnswer"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Connectors_listConnectors: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description `nextCursor` of the page before; opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            key: string;
                            title: string;
                            triggers: {
                                eventType: string;
                                title: string;
                            }[];
                            actions: {
                                key: string;
                                title: string;
                                /** @description JSON Schema of the step’s `input`. */
                                input: {
                                    [key: string]: unknown;
                                };
                            }[];
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Connectors_readCurl: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description As a browser copies it, or written by hand. */
                    command: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        action: "get" | "post" | "put" | "custom";
                        /** @description The step’s `input`, without defaults. */
                        input: {
                            [key: string]: unknown;
                        };
                        timeoutMs: number | null;
                        warnings: {
                            flag: string;
                            message: string;
                        }[];
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Connectors_readOpenApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description OpenAPI 3.0 or 3.1, as JSON or YAML. */
                    document: string;
                    /** @description The `id` of one that it lists. */
                    operation?: string;
                    /** @description The base URL to call, instead of the first of the document. */
                    server?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenApiContents"] | components["schemas"]["OpenApiStep"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Callbacks_read: {
        parameters: {
            query?: {
                /** @description The process whose instances call back; left out: every process. */
                processName?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        created: {
                            enabled: boolean;
                            urls: string[];
                        };
                        updated: {
                            enabled: boolean;
                            urls: string[];
                        };
                        deleted: {
                            enabled: boolean;
                            urls: string[];
                        };
                        /**
                         * @description `durable` tries up to 12 times, `best-effort` once.
                         * @default durable
                         * @enum {string}
                         */
                        delivery: "durable" | "best-effort";
                        sign: boolean;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Callbacks_save: {
        parameters: {
            query?: {
                /** @description The process whose instances call back; left out: every process. */
                processName?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default {} */
                    created?: {
                        /** @default false */
                        enabled?: boolean;
                        /**
                         * @description A list, or one string with a URL per line; at most 20.
                         * @default []
                         */
                        urls?: string[] | string;
                    };
                    /** @default {} */
                    updated?: {
                        /** @default false */
                        enabled?: boolean;
                        /**
                         * @description A list, or one string with a URL per line; at most 20.
                         * @default []
                         */
                        urls?: string[] | string;
                    };
                    /** @default {} */
                    deleted?: {
                        /** @default false */
                        enabled?: boolean;
                        /**
                         * @description A list, or one string with a URL per line; at most 20.
                         * @default []
                         */
                        urls?: string[] | string;
                    };
                    /**
                     * @description `durable` tries up to 12 times, `best-effort` once.
                     * @default durable
                     * @enum {string}
                     */
                    delivery?: "durable" | "best-effort";
                    /** @default false */
                    sign?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        created: {
                            enabled: boolean;
                            urls: string[];
                        };
                        updated: {
                            enabled: boolean;
                            urls: string[];
                        };
                        deleted: {
                            enabled: boolean;
                            urls: string[];
                        };
                        /**
                         * @description `durable` tries up to 12 times, `best-effort` once.
                         * @default durable
                         * @enum {string}
                         */
                        delivery: "durable" | "best-effort";
                        sign: boolean;
                        /** @description Where signing was turned on: receivers verify with it (Standard Webhooks). Shown this once. */
                        signingSecret?: string;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    CallbackActivity_lastCalls: {
        parameters: {
            query?: {
                /** @description The process whose instances call back; left out: every process. */
                processName?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        calls: components["schemas"]["LastCallbackCall"][];
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    CallbackActivity_sets: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["CallbackSet"][];
                        nextCursor: string | null;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    CallbackActivity_test: {
        parameters: {
            query?: {
                /** @description The process whose instances call back; left out: every process. */
                processName?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallbackTest"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        runs: string[];
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Evaluate_evaluate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Evaluate"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Evaluation"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    EventTypes_list: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description `nextCursor` of the page before; opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["EventType"][];
                        nextCursor: string | null;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    EventTypes_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEventType"];
            };
        };
        responses: {
            /** @description Made: its events are accepted */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventType"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    EventTypes_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventType"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    EventTypes_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    EventTypes_edit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventTypePatch"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventType"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Events_list: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description `nextCursor` of the page before; opaque. */
                cursor?: string;
                type?: string;
                source?: string;
                subject?: string;
                from?: string;
                to?: string;
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["EventItem"][];
                        nextCursor: string | null;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Events_accept: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEvent"];
            };
        };
        responses: {
            /** @description Known: the first answer again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptedEvent"];
                };
            };
            /** @description Stored */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptedEvent"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Events_acceptBatch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventBatch"];
            };
        };
        responses: {
            /** @description All stored */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventBatchAnswer"];
                };
            };
            /** @description Some were not: see each result */
            207: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventBatchAnswer"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Events_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Event"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    EventReplays_replay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EventReplay"];
            };
        };
        responses: {
            /** @description Queued */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeRuns"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Files_store: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            /** @description Stored */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["File"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Files_download: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    HookDeliveries_list: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description `nextCursor` of the page before; opaque. */
                cursor?: string;
                integrationId?: string;
                outcome?: "accepted" | "duplicate" | "handshake" | "refused";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["HookDeliveryItem"][];
                        nextCursor: string | null;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    HookDeliveries_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HookDelivery"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    HookDeliveries_check: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HookDeliveryItem"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Inspector_read: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inspector"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Integrations_list: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description `nextCursor` of the page before; opaque. */
                cursor?: string;
                state?: "on" | "off" | "archived";
                /** @description false: drafts only. */
                published?: "true" | "false";
                /** @description Those that are On and cannot do their work. */
                attention?: "true";
                q?: string;
                /** @description Of a step, or of what starts it. */
                connector?: string;
                origin?: "native" | "subscription" | "callback" | "platform-webhook";
                sort?: "created" | "-created" | "updated" | "-updated" | "name" | "-name" | "state" | "-state";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["IntegrationItem"][];
                        nextCursor: string | null;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Integrations_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewIntegration"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Integration"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    IntegrationActivity_read: {
        parameters: {
            query: {
                /** @description Ids of at most 100 integrations, separated by commas. */
                ids: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description When the first of the 24 hours began; the last one is under way.
                         */
                        from: string;
                        data: components["schemas"]["IntegrationActivity"][];
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    IntegrationActivity_counts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntegrationCounts"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Integrations_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Integration"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Integrations_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Integrations_edit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IntegrationPatch"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Integration"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Integrations_archive: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Integration"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    EventReplays_backfill: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Backfill"];
            };
        };
        responses: {
            /** @description Counted, and under way */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedReplay"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Integrations_duplicate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Integration"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Integrations_rotateHook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @default 0 */
                    overlapSeconds?: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Integration"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Integrations_publish: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @default  */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        version: number;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    MadeRuns_start: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ManualRun"];
            };
        };
        responses: {
            /** @description Queued */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeRun"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Integrations_setState: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    state: "on" | "off";
                    /**
                     * @default keep
                     * @enum {string}
                     */
                    held?: "run" | "discard" | "keep";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntegrationState"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    StepTest_test: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepTest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StepTestAnswer"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    MadeRuns_test: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DraftTest"];
            };
        };
        responses: {
            /** @description Queued */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeRun"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Integrations_unarchive: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Integration"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Integrations_listVersions: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description `nextCursor` of the page before; opaque. */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            version: number;
                            note: string;
                            /** Format: date-time */
                            createdAt: string;
                            createdBy: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Integrations_readVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                n: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        version: number;
                        note: string;
                        /** Format: date-time */
                        createdAt: string;
                        createdBy: string;
                        trigger: components["schemas"]["Trigger"];
                        steps: components["schemas"]["Step"][];
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Integrations_restore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                n: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Integration"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    OAuth_callbackUrl: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallbackUrl"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    ReplayJobs_list: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description `nextCursor` of the page before; opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Replay"][];
                        nextCursor: string | null;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    ReplayJobs_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replay"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    ReplayJobs_stop: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replay"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Runs_list: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description `nextCursor` of the page before; opaque. */
                cursor?: string;
                integrationId?: string;
                /** @description One or more of held, queued, running, waiting, succeeded, failed, canceled, separated by commas. */
                status?: string;
                eventId?: string;
                test?: "true" | "false";
                q?: string;
                from?: string;
                to?: string;
                /** @description Of the error that a run ended with. */
                code?: "dns" | "connect_refused" | "connect_timeout" | "tls" | "reset" | "first_byte_timeout" | "total_timeout" | "redirect" | "blocked_address" | "http_4xx" | "http_429" | "http_5xx" | "parse" | "mapping" | "auth" | "limit" | "loop" | "canceled";
                /** @description The key of the step where a run failed, or waits. */
                atStep?: string;
                /** @description The runs that repeat this one. */
                replayOf?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RunItem"][];
                        nextCursor: string | null;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    FailureCauses_list: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description `nextCursor` of the page before; opaque. */
                cursor?: string;
                integrationId?: string;
                /** @description When runs were made; seven days ago where it is left out. */
                from?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["FailureCause"][];
                        nextCursor: string | null;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    ReplayJobs_start: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunsReplay"];
            };
        };
        responses: {
            /** @description Counted, and under way */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedReplay"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    RunStream_stream: {
        parameters: {
            query?: {
                integrationId?: string;
                /** @description One or more of held, queued, running, waiting, succeeded, failed, canceled, separated by commas. */
                status?: string;
                eventId?: string;
                test?: "true" | "false";
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Runs_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    RunExports_curl: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                attemptId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Runs_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    RunExports_har: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        log: {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    RunReplays_replay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunReplay"];
            };
        };
        responses: {
            /** @description Queued */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeRun"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    SchedulePreview_preview: {
        parameters: {
            query: {
                /** @description Five fields: minute, hour, day of the month, month, weekday. */
                cron: string;
                /** @description IANA name. */
                timezone?: string;
                count?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SchedulePreview"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    RunStats_read: {
        parameters: {
            query?: {
                range?: "1h" | "24h" | "7d" | "30d";
                integrationId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunStats"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    PlatformWebhooks_listOfKapp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kappSlug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhooks: {
                            id: string;
                            name: string;
                            type: string;
                            event: string;
                            filter: string;
                            url: string;
                            /** Format: date-time */
                            createdAt: string;
                            createdBy: string;
                            /** Format: date-time */
                            updatedAt: string;
                            updatedBy: string;
                        }[];
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    PlatformWebhooks_createInKapp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kappSlug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    type: string;
                    event: string;
                    /**
                     * @description A CEL expression over `trigger`; empty lets every event pass.
                     * @default
                     */
                    filter?: string | null;
                    /** @description An http(s) address, or `/<Tree Group>/<Tree Name>`; may hold `{{ }}` or `${ }`. */
                    url: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** PlatformWebhook */
                        webhook: {
                            id: string;
                            name: string;
                            type: string;
                            event: string;
                            filter: string;
                            url: string;
                            /** Format: date-time */
                            createdAt: string;
                            createdBy: string;
                            /** Format: date-time */
                            updatedAt: string;
                            updatedBy: string;
                        };
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    PlatformWebhooks_readOfKapp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kappSlug: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** PlatformWebhook */
                        webhook: {
                            id: string;
                            name: string;
                            type: string;
                            event: string;
                            filter: string;
                            url: string;
                            /** Format: date-time */
                            createdAt: string;
                            createdBy: string;
                            /** Format: date-time */
                            updatedAt: string;
                            updatedBy: string;
                        };
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    PlatformWebhooks_changeOfKapp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kappSlug: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    type?: string;
                    event?: string;
                    /** @description A CEL expression over `trigger`; empty lets every event pass. */
                    filter?: string | null;
                    /** @description An http(s) address, or `/<Tree Group>/<Tree Name>`; may hold `{{ }}` or `${ }`. */
                    url?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** PlatformWebhook */
                        webhook: {
                            id: string;
                            name: string;
                            type: string;
                            event: string;
                            filter: string;
                            url: string;
                            /** Format: date-time */
                            createdAt: string;
                            createdBy: string;
                            /** Format: date-time */
                            updatedAt: string;
                            updatedBy: string;
                        };
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    PlatformWebhooks_removeOfKapp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kappSlug: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** PlatformWebhook */
                        webhook: {
                            id: string;
                            name: string;
                            type: string;
                            event: string;
                            filter: string;
                            url: string;
                            /** Format: date-time */
                            createdAt: string;
                            createdBy: string;
                            /** Format: date-time */
                            updatedAt: string;
                            updatedBy: string;
                        };
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    WebhookMeta_events: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scope: "space" | "kapp";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        events: {
                            [key: string]: string[];
                        };
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    WebhookMeta_eventsOfType: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scope: "space" | "kapp";
                type: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        events: string[];
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    WebhookMeta_types: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scope: "space" | "kapp";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        types: string[];
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    WebhookJobs_list: {
        parameters: {
            query?: {
                /** @description Queued, In Progress, Complete, Failed, Cancelled */
                status?: string;
                /** @description The name of a webhook. */
                webhook?: string;
                /** @description Of `scheduledAt`, inclusive. */
                start?: string;
                /** @description Of `scheduledAt`, exclusive. */
                end?: string;
                limit?: number;
                pageToken?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhookJobs: {
                            id: string;
                            name: string;
                            event: string;
                            type: string;
                            url: string;
                            /** @enum {string} */
                            status: "Queued" | "In Progress" | "Complete" | "Failed" | "Cancelled";
                            summary: string | null;
                            retryCount: number;
                            /** @description Of the run that the job started; else of the run that made the call. */
                            runNumber: number;
                            eventTime: string | null;
                            /** Format: date-time */
                            scheduledAt: string;
                            /** @enum {string} */
                            scopeType: "Space" | "Kapp";
                            scopeId: string | null;
                            parentId: string | null;
                            webhookId: string;
                            /** @description In lists null where it is longer than 64 KiB. */
                            requestContent: string | null;
                            /** @description In lists null where it is longer than 64 KiB. */
                            responseContent: string | null;
                        }[];
                        nextPageToken: string | null;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    WebhookJobs_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** WebhookJob */
                        webhookJob: {
                            id: string;
                            name: string;
                            event: string;
                            type: string;
                            url: string;
                            /** @enum {string} */
                            status: "Queued" | "In Progress" | "Complete" | "Failed" | "Cancelled";
                            summary: string | null;
                            retryCount: number;
                            /** @description Of the run that the job started; else of the run that made the call. */
                            runNumber: number;
                            eventTime: string | null;
                            /** Format: date-time */
                            scheduledAt: string;
                            /** @enum {string} */
                            scopeType: "Space" | "Kapp";
                            scopeId: string | null;
                            parentId: string | null;
                            webhookId: string;
                            /** @description In lists null where it is longer than 64 KiB. */
                            requestContent: string | null;
                            /** @description In lists null where it is longer than 64 KiB. */
                            responseContent: string | null;
                        };
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    WebhookJobs_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Queued, In Progress, Complete, Failed, Cancelled */
                    status: string;
                    url?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** WebhookJob */
                        webhookJob: {
                            id: string;
                            name: string;
                            event: string;
                            type: string;
                            url: string;
                            /** @enum {string} */
                            status: "Queued" | "In Progress" | "Complete" | "Failed" | "Cancelled";
                            summary: string | null;
                            retryCount: number;
                            /** @description Of the run that the job started; else of the run that made the call. */
                            runNumber: number;
                            eventTime: string | null;
                            /** Format: date-time */
                            scheduledAt: string;
                            /** @enum {string} */
                            scopeType: "Space" | "Kapp";
                            scopeId: string | null;
                            parentId: string | null;
                            webhookId: string;
                            /** @description In lists null where it is longer than 64 KiB. */
                            requestContent: string | null;
                            /** @description In lists null where it is longer than 64 KiB. */
                            responseContent: string | null;
                        };
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    PlatformWebhooks_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhooks: {
                            id: string;
                            name: string;
                            type: string;
                            event: string;
                            filter: string;
                            url: string;
                            /** Format: date-time */
                            createdAt: string;
                            createdBy: string;
                            /** Format: date-time */
                            updatedAt: string;
                            updatedBy: string;
                        }[];
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    PlatformWebhooks_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    type: string;
                    event: string;
                    /**
                     * @description A CEL expression over `trigger`; empty lets every event pass.
                     * @default
                     */
                    filter?: string | null;
                    /** @description An http(s) address, or `/<Tree Group>/<Tree Name>`; may hold `{{ }}` or `${ }`. */
                    url: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** PlatformWebhook */
                        webhook: {
                            id: string;
                            name: string;
                            type: string;
                            event: string;
                            filter: string;
                            url: string;
                            /** Format: date-time */
                            createdAt: string;
                            createdBy: string;
                            /** Format: date-time */
                            updatedAt: string;
                            updatedBy: string;
                        };
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    PlatformWebhooks_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** PlatformWebhook */
                        webhook: {
                            id: string;
                            name: string;
                            type: string;
                            event: string;
                            filter: string;
                            url: string;
                            /** Format: date-time */
                            createdAt: string;
                            createdBy: string;
                            /** Format: date-time */
                            updatedAt: string;
                            updatedBy: string;
                        };
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    PlatformWebhooks_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    type?: string;
                    event?: string;
                    /** @description A CEL expression over `trigger`; empty lets every event pass. */
                    filter?: string | null;
                    /** @description An http(s) address, or `/<Tree Group>/<Tree Name>`; may hold `{{ }}` or `${ }`. */
                    url?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** PlatformWebhook */
                        webhook: {
                            id: string;
                            name: string;
                            type: string;
                            event: string;
                            filter: string;
                            url: string;
                            /** Format: date-time */
                            createdAt: string;
                            createdBy: string;
                            /** Format: date-time */
                            updatedAt: string;
                            updatedBy: string;
                        };
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    PlatformWebhooks_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** PlatformWebhook */
                        webhook: {
                            id: string;
                            name: string;
                            type: string;
                            event: string;
                            filter: string;
                            url: string;
                            /** Format: date-time */
                            createdAt: string;
                            createdBy: string;
                            /** Format: date-time */
                            updatedAt: string;
                            updatedBy: string;
                        };
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Health_live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "ok";
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Health_ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "ok";
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Hooks_receive: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Known: the first answer again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptedDelivery"];
                };
            };
            /** @description Stored */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptedDelivery"];
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Health_figures: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    OAuth_end: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description Done */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Subscriptions_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        subscriptions: {
                            id: string;
                            webhookUrl: string;
                            /** @enum {string} */
                            webhookHttpMethod: "GET" | "POST";
                            events: string[];
                            workflowId: string | null;
                            enabled: boolean;
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Subscriptions_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    webhookUrl: string;
                    /**
                     * @default POST
                     * @enum {string}
                     */
                    webhookHttpMethod?: "GET" | "POST";
                    events: ("workflow_started" | "workflow_finished" | "workflow_failed" | "workflow_recovered" | "workflow_sample_finished" | "workflow_data_change" | "workflow_export_completed" | "workflow_validation_anomaly_change" | "system_maintenance" | "service_degradation" | "credits_low" | "free_trial_ending")[];
                    /**
                     * @description Only events with this `data.workflowId`.
                     * @default null
                     */
                    workflowId?: string | null;
                } | {
                    webhookConfig: {
                        url: string;
                        /**
                         * @default POST
                         * @enum {string}
                         */
                        httpMethod?: "GET" | "POST";
                    };
                    events: ("workflow_started" | "workflow_finished" | "workflow_failed" | "workflow_recovered" | "workflow_sample_finished" | "workflow_data_change" | "workflow_export_completed" | "workflow_validation_anomaly_change" | "system_maintenance" | "service_degradation" | "credits_low" | "free_trial_ending")[];
                    /**
                     * @description Only events with this `data.workflowId`.
                     * @default null
                     */
                    workflowId?: string | null;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        message: string;
                        secret: string;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Subscriptions_events: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        events: string[];
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Subscriptions_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        webhookUrl: string;
                        /** @enum {string} */
                        webhookHttpMethod: "GET" | "POST";
                        events: string[];
                        workflowId: string | null;
                        enabled: boolean;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Subscriptions_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        message: string;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Subscriptions_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    webhookUrl?: string;
                    /** @enum {string} */
                    webhookHttpMethod?: "GET" | "POST";
                    events?: ("workflow_started" | "workflow_finished" | "workflow_failed" | "workflow_recovered" | "workflow_sample_finished" | "workflow_data_change" | "workflow_export_completed" | "workflow_validation_anomaly_change" | "system_maintenance" | "service_degradation" | "credits_low" | "free_trial_ending")[];
                    /** @description Only events with this `data.workflowId`. */
                    workflowId?: string | null;
                    enabled?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        webhookUrl: string;
                        /** @enum {string} */
                        webhookHttpMethod: "GET" | "POST";
                        events: string[];
                        workflowId: string | null;
                        enabled: boolean;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Subscriptions_rotate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        message: string;
                        secret: string;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Subscriptions_test: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    eventType: "workflow_started" | "workflow_finished" | "workflow_failed" | "workflow_recovered" | "workflow_sample_finished" | "workflow_data_change" | "workflow_export_completed" | "workflow_validation_anomaly_change" | "system_maintenance" | "service_degradation" | "credits_low" | "free_trial_ending";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        message: string;
                        runId: string;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    Subscriptions_eventTypes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        events: string[];
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
}
