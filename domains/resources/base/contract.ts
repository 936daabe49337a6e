export { baseTables } from './tables.ts'
