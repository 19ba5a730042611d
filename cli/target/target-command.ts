import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export interface TargetCommand {
  /** Why the endpoint does not answer, with the last lines the command printed; null when it does. */
  readonly problem: string | null;
  stop(): Promise<void>;
}

const graceMs = 5000;

/** Starts a server by a shell command and waits until something listens at its endpoint. A command that ends with 0 may have left a daemon. */
export async function startTargetCommand(
  command: string,
  endpointUrl: string,
  signal: AbortSignal,
  patienceMs = 60_000,
): Promise<TargetCommand> {
  // Its own process group, so that stopping it also stops what the shell started.
  const child = spawn(command, {
    shell: true,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const listen = (chunk: Buffer): void => {
    said = (said + chunk.toString()).slice(-2000);
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  let ended: string | undefined;
  child.on('exit', (code, by) => (ended = code === 0 ? undefined : `ended with ${code ?? by}`));
  child.on('error', (error) => (ended = error.message));

  const deadline = Date.now() + patienceMs;
  while (!(await accepts(endpointUrl))) {
    if (signal.aborted) break;
    if (Date.now() > deadline) ended = `did not listen at ${endpointUrl} within ${patienceMs / 1000} s`;
    if (ended !== undefined) {
      return { problem: `--target-command ${ended}${said === '' ? '' : `: ${said.trim()}`}`, stop: () => stop(child) };
    }
    await delay(100);
  }
  return { problem: null, stop: () => stop(child) };
}

function accepts(endpointUrl: string): Promise<boolean> {
  const { hostname, port, protocol } = new URL(endpointUrl);
  const socket = connect(Number(port || (protocol === 'https:' ? 443 : 80)), hostname.replace(/^\[|\]$/g, ''));
  return new Promise((settle) => {
    const answer = (accepted: boolean): void => {
      socket.destroy();
      settle(accepted);
    };
    socket.once('connect', () => answer(true)).once('error', () => answer(false));
    socket.setTimeout(1000, () => answer(false));
  });
}

/** Ends the whole group. Its pipes close when the last process that holds them is gone, be it the shell or its child. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  send(child, 'SIGTERM');
  if (child.stdout?.closed === true && child.stderr?.closed === true) return;
  const closed = once(child, 'close');
  const late = setTimeout(() => {
    send(child, 'SIGKILL');
    child.stdout?.destroy();
    child.stderr?.destroy();
  }, graceMs);
  await closed;
  clearTimeout(late);
}

/** The group may be gone already. */
function send(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (process.platform === 'win32' || child.pid === undefined) child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
