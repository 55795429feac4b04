import { createRoot } from 'react-dom/client'
import { UiProvider } from '../ui/UiProvider.tsx'
import './desk.css'
import { DeskRouter } from './DeskRouter.tsx'

const page = document.getElementById('page')
if (!page) throw new Error('the page has no root')
createRoot(page).render(
  <UiProvider>
    <DeskRouter />
  </UiProvider>,
)
