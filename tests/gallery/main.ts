/** @file Shows the components in their states. `?page=` picks a group, `?theme=` and `?density=` the look. */
import { mount } from 'svelte';
import { densities, theme, themeChoices } from '../../src/ui/theme/theme.svelte';
import '../../src/ui/theme/app.css';
import Gallery from './Gallery.svelte';

const asked = new URLSearchParams(location.search);
theme.restore();
theme.choice = themeChoices.find((choice) => choice === asked.get('theme')) ?? theme.choice;
theme.density = densities.find((density) => density === asked.get('density')) ?? theme.density;
mount(Gallery, { target: document.getElementById('app')!, props: { page: asked.get('page') ?? 'controls' } });
