import { defineModule, words } from '#runtime'

/** Files: kept by content, typed by their bytes, scanned, read by right. */
export const documentsModule = defineModule({
  id: 'documents',
  title: words('文件', 'Files'),
  about: words(
    '按内容存放、按字节识别类型、查毒、按权限读取',
    'Kept by content, typed by their bytes, scanned for viruses, read by right',
  ),
  needs: ['runtime', 'crypto', 'audit', 'identity'],
  folder: import.meta.dirname,
  auditEvents: [
    { id: 'documents.file.uploaded', title: words('上传文件', 'File uploaded'), kind: 'write' },
    { id: 'documents.file.read', title: words('读取文件', 'File read'), kind: 'personal' },
    { id: 'documents.file.refused', title: words('文件被拒收', 'File refused'), kind: 'security' },
  ],
  server: () => import('./server/index.ts'),
})
