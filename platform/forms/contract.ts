export { checkForm } from './check-form.ts'
export { issuesIn } from './issues-in.ts'
