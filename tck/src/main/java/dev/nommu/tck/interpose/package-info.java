/**
 * Stands between the kernel and a plugin: each call of the plugin, of whatever it hands out, and of
 * what the kernel lends it goes through a proxy, where it is recorded, delayed or made to fail.
 */
@NullMarked
package dev.nommu.tck.interpose;

import org.jspecify.annotations.NullMarked;
