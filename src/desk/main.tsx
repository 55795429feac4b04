import { createRoot } from 'react-dom/client'
import { UiProvider } from '../ui/UiProvider.tsx'
import { DeskRouter } from './DeskRouter.tsx'

const page = document.getElementById('page')
if (!page) throw new Error('the page has no root')
createRoot(page).render(
  <UiProvider>
    <DeskRouter />
  </UiProvider>,
)
