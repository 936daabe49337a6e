// Loaded before the program's own main file (`node --import`): the real program with one more module.
import type { Module } from '#runtime'
import { domainModules } from '../../../domains/domains.ts'
import { trialModule } from './module.ts'

;(domainModules as Module[]).push(trialModule)
