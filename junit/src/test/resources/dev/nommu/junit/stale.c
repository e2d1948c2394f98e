/* Its build was made of another source. */
int main(void)
{
	return 0;
}
