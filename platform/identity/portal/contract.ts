export { Unproven } from './unproven.tsx'
export { useOwnProof } from './use-own-proof.ts'
