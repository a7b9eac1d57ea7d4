import { writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '#engine';

/** What a container is run with. */
export interface ContainerOptions {
  image: string;
  entrypoint?: string[];
  command: string[];
  environment?: Readonly<Record<string, string>>;
  /** The container's port and the loopback's. */
  port?: { container: number; host: number };
  /** `uid:gid`; as the image has it unless told. */
  user?: string;
  /** Seen by the container under the same path. */
  folder?: string;
}

export interface Command {
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
}

/** What testcontainers is to be told by the environment, beside where the engine is. */
const PASSED_ON = /^(TESTCONTAINERS_|RYUK_|DOCKER_AUTH_CONFIG$|DOCKER_CONFIG$)/;

/** How to run a container as a process; the options go by a file in `directory`, as they hold secrets. */
export function containerCommand(
  engine: Engine,
  directory: string,
  name: string,
  options: ContainerOptions,
  env: NodeJS.ProcessEnv = process.env,
): Command {
  const file = join(directory, `${name}.container.json`);
  writeFileSync(file, JSON.stringify(options), { mode: 0o600 });
  const settings = Object.entries(process.env).filter(([variable]) => PASSED_ON.test(variable));
  return {
    command: process.execPath,
    args: [join(import.meta.dirname, 'container-process.js'), file],
    env: { ...env, ...Object.fromEntries(settings), DOCKER_HOST: engine.address },
  };
}

/** Whom a container must run as so that what it writes into a folder of ours is ours. */
export function ourselves({ rootless }: Engine): string {
  const { uid, gid } = userInfo();
  return rootless ? '0:0' : `${uid}:${gid}`;
}
