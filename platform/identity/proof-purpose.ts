/** Key purpose of the sealed numbers and names of proven accounts. */
export const PROOF_PURPOSE = 'identity.proof'
