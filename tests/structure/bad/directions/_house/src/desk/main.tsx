import { screens } from './screens.tsx'
console.log(screens)
