/** How decisions about mappings came about: heard, summed up, told. */
@NullMarked
package dev.nommu.cli.trail;

import org.jspecify.annotations.NullMarked;
