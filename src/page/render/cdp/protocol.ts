// The part of the Chrome DevTools Protocol that is used here, as https://chromedevtools.github.io/devtools-protocol/
// describes it. Answers and events hold more: only what is read is named.

/** Parameters and answer of each command. */
export interface CdpCommands {
  "Browser.close": Command<Nothing, unknown>;
  "Browser.getVersion": Command<Nothing, { readonly product: string }>;
  "Browser.setDownloadBehavior": Command<{ behavior: "deny"; browserContextId?: string }, unknown>;
  "Emulation.setFocusEmulationEnabled": Command<{ enabled: boolean }, unknown>;
  "Fetch.continueRequest": Command<
    { requestId: string; headers?: readonly HeaderEntry[] },
    unknown
  >;
  "Fetch.continueWithAuth": Command<
    { requestId: string; authChallengeResponse: AuthAnswer },
    unknown
  >;
  "Fetch.enable": Command<
    { patterns: readonly RequestPattern[]; handleAuthRequests: boolean },
    unknown
  >;
  "Fetch.disable": Command<Nothing, unknown>;
  "Network.enable": Command<
    { maxTotalBufferSize?: number; maxResourceBufferSize?: number },
    unknown
  >;
  "Network.setBlockedURLs": Command<{ urls: readonly string[] }, unknown>;
  "Network.setBypassServiceWorker": Command<{ bypass: boolean }, unknown>;
  "Page.addScriptToEvaluateOnNewDocument": Command<
    { source: string; worldName?: string; runImmediately?: boolean },
    unknown
  >;
  "Page.createIsolatedWorld": Command<
    { frameId: string; worldName: string },
    { readonly executionContextId: number }
  >;
  "Page.enable": Command<Nothing, unknown>;
  "Page.handleJavaScriptDialog": Command<{ accept: boolean }, unknown>;
  "Page.navigate": Command<
    { url: string },
    { readonly loaderId?: string; readonly errorText?: string; readonly isDownload?: boolean }
  >;
  "Page.setLifecycleEventsEnabled": Command<{ enabled: boolean }, unknown>;
  "Runtime.evaluate": Command<
    {
      expression: string;
      contextId: number;
      returnByValue: true;
      awaitPromise?: boolean;
      timeout?: number;
    },
    { readonly result: { readonly value?: unknown }; readonly exceptionDetails?: ScriptFailure }
  >;
  "SystemInfo.getProcessInfo": Command<
    Nothing,
    { readonly processInfo: readonly { readonly type: string; readonly id: number }[] }
  >;
  "Target.attachToTarget": Command<
    { targetId: string; flatten: true },
    { readonly sessionId: string }
  >;
  "Target.closeTarget": Command<{ targetId: string }, unknown>;
  "Target.createBrowserContext": Command<
    { disposeOnDetach: boolean; proxyServer: string; proxyBypassList: string },
    { readonly browserContextId: string }
  >;
  "Target.createTarget": Command<
    { url: string; browserContextId: string; width: number; height: number },
    { readonly targetId: string }
  >;
  "Target.disposeBrowserContext": Command<{ browserContextId: string }, unknown>;
  "Target.setDiscoverTargets": Command<{ discover: boolean; filter?: readonly object[] }, unknown>;
}

export interface CdpEvents {
  "Fetch.authRequired": {
    readonly requestId: string;
    readonly authChallenge: { readonly source?: "Server" | "Proxy" };
  };
  "Fetch.requestPaused": { readonly requestId: string; readonly request: RequestFacts };
  "Inspector.targetCrashed": Nothing;
  "Network.loadingFailed": { readonly requestId: string };
  "Network.loadingFinished": { readonly requestId: string };
  "Network.requestWillBeSent": {
    readonly requestId: string;
    readonly loaderId: string;
    readonly frameId?: string;
    readonly type?: string;
    readonly request: RequestFacts;
    readonly redirectResponse?: ResponseFacts;
  };
  "Network.responseReceived": {
    readonly requestId: string;
    readonly loaderId: string;
    readonly frameId?: string;
    readonly type: string;
    readonly response: ResponseFacts;
  };
  "Page.frameNavigated": { readonly frame: FrameFacts };
  "Page.javascriptDialogOpening": { readonly type: string };
  "Page.lifecycleEvent": {
    readonly frameId: string;
    readonly loaderId: string;
    readonly name: string;
  };
  "Target.targetCrashed": { readonly targetId: string; readonly status: string };
  "Target.targetCreated": { readonly targetInfo: TargetFacts };
  "Target.targetDestroyed": { readonly targetId: string };
}

export interface HeaderEntry {
  readonly name: string;
  readonly value: string;
}

export interface RequestPattern {
  readonly urlPattern: string;
  readonly resourceType?: string;
}

export interface RequestFacts {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface ResponseFacts {
  readonly url: string;
  readonly status: number;
  /** Repeated ones joined with line feeds. */
  readonly headers: Readonly<Record<string, string>>;
  readonly mimeType: string;
}

export interface FrameFacts {
  readonly id: string;
  readonly parentId?: string;
  readonly loaderId: string;
  readonly url: string;
}

export interface TargetFacts {
  readonly targetId: string;
  readonly type: string;
  readonly browserContextId?: string;
}

export interface ScriptFailure {
  readonly text: string;
  readonly exception?: { readonly className?: string; readonly description?: string };
}

interface AuthAnswer {
  readonly response: "ProvideCredentials" | "CancelAuth" | "Default";
  readonly username?: string;
  readonly password?: string;
}

interface Command<Params, Answer> {
  readonly params: Params;
  readonly answer: Answer;
}

type Nothing = Readonly<Record<string, never>>;
