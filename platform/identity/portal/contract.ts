export { Unproven } from './unproven.tsx'
