/** Campaigns: generated sessions of plugins, as many as there is time for. */
@NullMarked
package dev.nommu.cli.campaign;

import org.jspecify.annotations.NullMarked;
