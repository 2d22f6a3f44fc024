/** @file Light or dark, density and projector: the viewer's choices, written to the root element and kept on this device. */

import { keepText, keptWord } from '../../state/keepsake';

export const themeChoices = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof themeChoices)[number];

export const densities = ['compact', 'normal', 'roomy'] as const;
export type Density = (typeof densities)[number];

const yesNo = ['no', 'yes'] as const;

const systemIsDark = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)');

/** The theme in force: the stylesheet knows no other. */
export const resolved = (choice: ThemeChoice, dark: boolean): 'light' | 'dark' => (choice === 'system' ? (dark ? 'dark' : 'light') : choice);

class Theme {
  private chosen = $state<ThemeChoice>('system');
  private rows = $state<Density>('normal');
  private large = $state(false);

  get choice(): ThemeChoice {
    return this.chosen;
  }
  set choice(choice: ThemeChoice) {
    this.chosen = choice;
    keepText('theme', choice);
    this.apply();
  }

  get density(): Density {
    return this.rows;
  }
  set density(density: Density) {
    this.rows = density;
    keepText('density', density);
    this.apply();
  }

  get projector(): boolean {
    return this.large;
  }
  set projector(projector: boolean) {
    this.large = projector;
    keepText('projector', projector ? 'yes' : 'no');
    this.apply();
  }

  /** Reads what was kept, applies it, and follows the system where that was chosen. Call once, before the first paint. */
  restore(): void {
    systemIsDark().addEventListener('change', () => this.apply());
    this.chosen = keptWord('theme', themeChoices) ?? 'system';
    this.rows = keptWord('density', densities) ?? 'normal';
    this.large = keptWord('projector', yesNo) === 'yes';
    this.apply();
  }

  private apply(): void {
    const root = document.documentElement;
    root.dataset['theme'] = resolved(this.chosen, systemIsDark().matches);
    if (this.rows === 'normal') delete root.dataset['density'];
    else root.dataset['density'] = this.rows;
    if (this.large) root.dataset['projector'] = '';
    else delete root.dataset['projector'];
  }
}

export const theme = new Theme();
