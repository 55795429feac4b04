import { save } from './save-visit.ts'
save()
