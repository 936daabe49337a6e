export { AskPurpose, EvidenceDialog } from './evidence-dialog.tsx'
export { PortraitView } from './portrait-view.tsx'
export type { CarriedTag, Portrait } from './types.ts'
