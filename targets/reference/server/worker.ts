import { parentPort, workerData } from 'node:worker_threads';
import type { EndpointOptions } from '../core/options.ts';
import { startEndpoint } from './server.ts';

const { url, port } = await startEndpoint(workerData as Partial<EndpointOptions>);
parentPort?.postMessage({ url, port });
