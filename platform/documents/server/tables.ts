export type Scan = 'clean' | 'waiting' | 'infected' | 'off'

export interface DocumentsTables {
  'documents.blob': {
    sm3: string
    size: number
    type: string
    scan: Scan
    stored_at: Date
  }
  'documents.file': {
    id: string
    sm3: string
    name: string
    uploaded_by: string
    uploaded_at: Date
    attached_kind: string | null
    attached_id: string | null
  }
}
