import type { Module } from '#runtime'

/** The city's systems: the only shared line a new system adds. */
export const domainModules: readonly Module[] = []
