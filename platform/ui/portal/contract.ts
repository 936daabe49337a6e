export { ApiError, type ApiProblem, address, api } from './api.ts'
export { Appearance, useAppearance, useDark, WallAppearance } from './appearance.tsx'
export { Chart, type ChartProps, type ChartTable } from './chart.tsx'
export { DataState, type DataStateProps, Failure } from './data-state.tsx'
export { type FileSummary, FileUpload, type FileUploadProps } from './file-upload.tsx'
export { type FormValue, FormView, SchemaForm, type SchemaFormProps } from './form/schema-form.tsx'
export {
  type Column,
  type KeysetPage,
  KeysetTable,
  type KeysetTableProps,
  Rows,
  type RowsProps,
} from './keyset-table.tsx'
export { LanguageProvider, useLanguage, useMarks, useWords } from './language.tsx'
export { type Light, LightTag } from './light-tag.tsx'
export { Masked, type MaskedProps } from './masked.tsx'
export { OrganisationName, PersonName } from './names.tsx'
export type { MenuGroup, Page, WorkbenchCard } from './page.ts'
export { noteNavigation, PageFrame, type PageFrameProps } from './page-frame.tsx'
export { PageLink, useDestination } from './page-link.tsx'
export { Parts } from './parts.tsx'
export { type Me, MeProvider, type MyPost, sessionKey, useMe, useRight, useSession, useSignOut } from './session.tsx'
export { type LiveEvent, useConnectionLost, useLive, useLiveQueries } from './use-live.ts'
export { dueText, formatted, When, type WhenProps } from './when.tsx'
export { Wide } from './wide.tsx'
