import { defineModule, words } from '#runtime'

export const formsModule = defineModule({
  id: 'forms',
  title: words('表单', 'Forms'),
  about: words(
    '一份字段定义同时产生表单、只读页面和服务器检查',
    'One schema of fields gives the form, the read-only view and the check on the server',
  ),
  needs: [],
  folder: import.meta.dirname,
})
