import { defineModule, words } from '#runtime'

export const cryptoModule = defineModule({
  id: 'crypto',
  title: words('密码', 'Cryptography'),
  about: words(
    '国密算法、密钥管理、字段加密与签名',
    'Chinese commercial cryptography, key store, field encryption, signatures',
  ),
  needs: [],
  folder: import.meta.dirname,
  claims: [{ list: 'keyPurposes' }],
  rights: [{ id: 'crypto.key.manage', title: words('管理密钥', 'Manage keys') }],
  auditEvents: [
    { id: 'crypto.key.made', title: words('生成密钥', 'Key made'), kind: 'security' },
    { id: 'crypto.key.promoted', title: words('启用密钥', 'Key promoted'), kind: 'security' },
    { id: 'crypto.key.retired', title: words('停用密钥', 'Key retired'), kind: 'security' },
    { id: 'crypto.master.changed', title: words('更换主密钥', 'Master key changed'), kind: 'security' },
    { id: 'crypto.rotation.started', title: words('开始轮换密钥', 'Key rotation started'), kind: 'security' },
    { id: 'crypto.field.resealed', title: words('用新密钥重新加密', 'Fields sealed again'), kind: 'write' },
  ],
  server: () => import('./server/index.ts'),
})
