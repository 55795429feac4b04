import { visits } from './visits/index.ts'
console.log(visits)
