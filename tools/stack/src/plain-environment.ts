import { MARK } from './marked-processes.js';

/** What a process needs of the surroundings that are not ours. The rest (and any secret in it) stays out of it. */
const PASSED_ON = ['PATH', 'HOME', 'LANG', 'TZ', 'NODE_EXTRA_CA_CERTS', 'JAVA_HOME', 'LOG_LEVEL'];

/** The environment that every process of the stack in this folder begins with. */
export function plainEnvironment(directory: string, env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const passedOn = PASSED_ON.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]]));
  return { ...Object.fromEntries(passedOn), [MARK]: directory };
}
