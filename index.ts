export { judgeServer } from './api/judge-server.ts';
export type { Judging } from './api/judge-server.ts';
export { replayFinding } from './api/replay-finding.ts';
export type { ServerOptions } from './api/server-options.ts';
export { startEndpoint } from './api/start-endpoint.ts';
export type { Hint } from './engine/interface/hint.ts';
export type { Replayed } from './engine/run/replay.ts';
export type { EndpointOptions } from './targets/reference/core/options.ts';
export type { Endpoint } from './targets/reference/server/endpoint.ts';
export { run } from './engine/run/run.ts';
export type {
  ChoiceResult,
  Difference,
  Finding,
  FindingStep,
  RequirementResult,
  RunEvent,
  Status,
  Stopped,
  TargetInfo,
  Traffic,
} from './engine/interface/events.ts';
export type { Ledger, LedgerEntry, Preset, RunContext, RunOptions } from './engine/interface/options.ts';
export { createSummary } from './reports/summary/summary.ts';
export type { Summary, SummaryFold } from './reports/summary/summary.ts';
export type { Policy, Verdict } from './reports/summary/verdict.ts';
export { contract } from './specs/contract.ts';
export type { Choice, Contract, Level, Requirement } from './specs/types/contract-types.ts';
export type { HttpRequest, HttpResponse, Operation, Reply, Target, TransportFailure } from './specs/types/wire.ts';
export { catalogue } from './suites/catalogue.ts';
export type { CredentialSource, Credentials } from './targets/http/credentials.ts';
export { httpTarget } from './targets/http/http-target.ts';
export type { HttpTarget, HttpTargetOptions } from './targets/http/http-target.ts';
