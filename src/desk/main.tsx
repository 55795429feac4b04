import { createRoot } from 'react-dom/client'
import { UiProvider } from '../ui/UiProvider.tsx'
import './desk.css'
import { DeskRouter } from './DeskRouter.tsx'

const page = document.getElementById('page')
if (!page) throw new Error('the page has no root')
// the page itself is kept, so that it opens without connection
if ('serviceWorker' in navigator && import.meta.env.PROD) void navigator.serviceWorker.register('/service-worker.js').catch(() => undefined)
createRoot(page).render(
  <UiProvider>
    <DeskRouter />
  </UiProvider>,
)
