export { POLLUTANT_FACTS, type PollutantFacts } from './pollutants.ts'
export { POLLUTANTS, type Pollutant, type Values } from './rules/types.ts'
