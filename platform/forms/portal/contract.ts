export { type Choice, type FormField, type FormSchema, formFields, withoutEmpty } from '../form-fields.ts'
export { issuesIn } from '../issues-in.ts'
