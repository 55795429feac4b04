import { MorningPage } from './pages/MorningPage.tsx'
export const screens = [MorningPage, () => import('../visits/pages/VisitForm.tsx')]
