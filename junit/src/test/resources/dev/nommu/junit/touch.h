#define DEVICE "/dev/fb0"
