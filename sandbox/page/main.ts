import { App } from './app.ts';

const app = new App();
document.body.append(app.element);
app.start();
