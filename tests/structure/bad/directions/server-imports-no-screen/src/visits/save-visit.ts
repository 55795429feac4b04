import { visitForm } from './pages/VisitForm.tsx'
export const save = visitForm
