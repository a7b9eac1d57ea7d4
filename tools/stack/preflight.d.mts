import type { Part } from './engine.mjs';

export interface MachineFault {
  fault: string;
  remedy: string;
}
export function javaMajor(printed: string): number | undefined;
export function nodeFault(version?: string): MachineFault | undefined;
export function diskFault(freeBytes: number, folder: string): MachineFault | undefined;
export function javaFault(printed: string | undefined, java?: string): MachineFault | undefined;
export function mavenFault(printed: string | undefined): MachineFault | undefined;
export function brokerFault(root: string): MachineFault | undefined;
export function machineFault(
  root: string,
  options: { broker: boolean; parts: readonly Part[] },
): Promise<MachineFault | undefined>;
